import { createHash } from 'node:crypto';
import { type CallOptions, type ChatModel, type ChatRequest, ProviderError, type StreamEvent } from '@multimodel/core';
import { cancelledError, withTimeouts } from '@multimodel/provider-sdk';
import { findEntry } from './catalog.ts';
import type { GigaChatAccount } from './gigachat-account.ts';
import type { MadeFile } from './made-files.ts';
import { V1ChatModel } from './v1-chat-model.ts';

/** A model with the account's limits of time. */
export function createChatModel(id: string, account: GigaChatAccount): ChatModel {
  const { settings, api, clock } = account;
  const { firstTokenTimeoutMs: firstTokenMs, idleTimeoutMs: idleMs, totalTimeoutMs: totalMs } = settings;
  const model: ChatModel = { id, stream: (request, options) => streamAnswer(id, account, { request, options }) };
  return withTimeouts(model, { providerId: api.providerId, firstTokenMs, idleMs, totalMs }, clock);
}

interface Question {
  readonly request: ChatRequest;
  readonly options: CallOptions;
}

async function* streamAnswer(
  id: string,
  account: GigaChatAccount,
  { request, options }: Question,
): AsyncGenerator<StreamEvent, void, undefined> {
  if (options.signal.aborted) throw cancelledError(account.api.providerId);
  const { api, address, settings, calls } = account;
  const { providerId, transport, auth, secrets } = api;
  const made: MadeFile[] = [];
  const model = new V1ChatModel({
    deps: { providerId, transport, auth, secrets },
    path: `${address.v1}/chat/completions`,
    headers: headersOf(request),
    facts: {
      model: id,
      hasReasoning: findEntry(id)?.hasReasoning,
      draws: settings.drawsPictures,
      fileIds: new Map(),
      calls,
      returnsState: settings.returnsState,
      resultRole: 'tool',
    },
    made,
  });
  try {
    yield* model.stream(request, options);
  } catch (error) {
    learnWindow(id, account, error);
    throw error;
  }
}

/** The vendor tells a model's window nowhere but in its refusal. */
function learnWindow(id: string, { windows }: GigaChatAccount, error: unknown): void {
  if (!(error instanceof ProviderError) || error.code !== 'context_too_long') return;
  const { limit } = error.details;
  if (typeof limit === 'number' && limit > 0) windows.set(id, limit);
}

/** The same for a conversation, so that the vendor finds the beginning in its cache; our own id is nobody's business. */
function headersOf({ conversationId }: ChatRequest): Readonly<Record<string, string>> {
  const common = { accept: 'text/event-stream', 'cache-control': 'no-store' };
  if (conversationId === undefined) return common;
  const digest = createHash('sha256').update(conversationId).digest('hex');
  const session = [digest.slice(0, 8), digest.slice(8, 12), digest.slice(12, 16), digest.slice(16, 20), digest.slice(20, 32)].join('-');
  return { ...common, 'x-session-id': session };
}
