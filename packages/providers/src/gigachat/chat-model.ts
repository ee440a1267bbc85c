import { createHash } from 'node:crypto';
import { type CallOptions, type ChatModel, type ChatRequest, type FilePart, ProviderError, type StreamEvent } from '@multimodel/core';
import { cancelledError, withTimeouts } from '@multimodel/provider-sdk';
import { findEntry } from './catalog.ts';
import { filesForRequest } from './files-for-request.ts';
import type { GigaChatAccount } from './gigachat-account.ts';
import { type Habits, otherHabits } from './habits.ts';
import { fetchMade, type MadeFile } from './made-files.ts';
import { type CallOptions as ModelOptions, V1ChatModel } from './v1-chat-model.ts';
import { V2ChatModel } from './v2-chat-model.ts';

/** A model with the account's limits of time. */
export function createChatModel(id: string, account: GigaChatAccount): ChatModel {
  const { settings, api, clock } = account;
  const { firstTokenTimeoutMs: firstTokenMs, idleTimeoutMs: idleMs, totalTimeoutMs: totalMs } = settings;
  const model: ChatModel = { id, stream: (request, { signal }) => streamAnswer({ id, account, request, signal }) };
  return withTimeouts(model, { providerId: api.providerId, firstTokenMs, idleMs, totalMs }, clock);
}

interface Question extends CallOptions {
  readonly id: string;
  readonly account: GigaChatAccount;
  readonly request: ChatRequest;
}

async function* streamAnswer(question: Question): AsyncGenerator<StreamEvent, void, undefined> {
  const { id, account, request, signal } = question;
  if (signal.aborted) throw cancelledError(account.api.providerId);
  const { files, warnings } = filesForRequest(request, findEntry(id)?.hasVision);
  yield* warnings;
  let habits: Habits | undefined = { ...account.habitsOf(id), hasFreshFiles: false };
  for (let isFirst = true; habits; isFirst = false) {
    let hasBegun = false;
    try {
      const fileIds = await uploadAll(files, account, signal);
      for await (const event of streamOnce(question, { habits, fileIds, isFirst })) {
        hasBegun ||= event.type !== 'warning';
        yield event;
      }
      account.keepHabits(id, habits);
      return;
    } catch (error) {
      habits = nextHabits(error, { question, files, habits, hasBegun });
    }
  }
}

interface Failure {
  readonly question: Question;
  readonly files: readonly FilePart[];
  readonly habits: Habits;
  readonly hasBegun: boolean;
}

/** Throws the error where asking in another way would not help. */
function nextHabits(error: unknown, { question, files, habits, hasBegun }: Failure): Habits {
  const { id, account, request } = question;
  if (!(error instanceof ProviderError) || hasBegun) throw error;
  learnWindow(id, account, error);
  const isV2 = account.settings.protocol === 'v2';
  const next = otherHabits(error, { habits, request, hasFiles: files.length > 0, isV2 });
  if (!next) throw error;
  if (next.hasFreshFiles) account.uploads.lose(files);
  return next;
}

async function uploadAll(
  files: readonly FilePart[],
  { uploads }: GigaChatAccount,
  signal: AbortSignal,
): Promise<ReadonlyMap<FilePart, string>> {
  const ids = new Map<FilePart, string>();
  // One after the other: an individual has one request at a time.
  for (const file of files) ids.set(file, await uploads.idOf(file, signal));
  return ids;
}

interface Try {
  readonly habits: Habits;
  readonly fileIds: ReadonlyMap<FilePart, string>;
  readonly isFirst: boolean;
}

/** One call of the vendor. What its own functions made is fetched when the answer is over, before its finish. */
async function* streamOnce(
  { id, account, request, signal }: Question,
  { habits: { draws, resultRole }, fileIds, isFirst }: Try,
): AsyncGenerator<StreamEvent, void, undefined> {
  const { api, address, settings, calls } = account;
  const { providerId, transport, auth, secrets } = api;
  const isV2 = settings.protocol === 'v2';
  const made: MadeFile[] = [];
  const { hasReasoning } = findEntry(id) ?? {};
  const options: ModelOptions = {
    deps: { providerId, transport, auth, secrets },
    path: `${isV2 ? address.v2 : address.v1}/chat/completions`,
    headers: headersOf(request),
    facts: { model: id, hasReasoning, draws, fileIds, calls, returnsState: settings.returnsState, resultRole },
    made,
  };
  const model = isV2 ? new V2ChatModel(options) : new V1ChatModel(options);
  for await (const event of model.stream(request, { signal })) {
    if (event.type === 'finish' && made.length > 0) yield* fetchMade(account, made, signal);
    // What was left out has been said the first time.
    if (isFirst || event.type !== 'warning') yield event;
  }
}

/** The vendor tells a model's window nowhere but in its refusal. */
function learnWindow(id: string, { windows }: GigaChatAccount, { code, details }: ProviderError): void {
  const { limit } = details;
  if (code === 'context_too_long' && typeof limit === 'number' && limit > 0) windows.set(id, limit);
}

/** The same for a conversation, so that the vendor finds the beginning in its cache; our own id is nobody's business. */
function headersOf({ conversationId }: ChatRequest): Readonly<Record<string, string>> {
  const common = { accept: 'text/event-stream', 'cache-control': 'no-store' };
  if (conversationId === undefined) return common;
  const digest = createHash('sha256').update(conversationId).digest('hex');
  const session = [digest.slice(0, 8), digest.slice(8, 12), digest.slice(12, 16), digest.slice(16, 20), digest.slice(20, 32)].join('-');
  return { ...common, 'x-session-id': session };
}
