import assert from 'node:assert/strict';
import type { ChatRequest, ModelInfo, Provider, StreamEvent } from '@multimodel/core';
import { ProviderError } from '@multimodel/core';
import { createRemoteProvider } from '../remote/remote-provider.ts';
import type { CaseResult } from './conformance-report.ts';
import { createFakeClock } from './fake-clock.ts';
import { createMemoryLogger } from './memory-logger.ts';

interface Service {
  readonly provider: Provider;
  readonly model: ModelInfo;
  /** The same service with another token. */
  readonly withToken: (token: string) => Provider;
  readonly hasToken: boolean;
}

interface ServiceCase {
  readonly name: string;
  run(service: Service): Promise<void>;
}

const patienceMs = 60_000;
const question: ChatRequest = { messages: [{ role: 'user', parts: [{ type: 'text', text: 'Привет! Ответьте одним словом.' }] }] };

/** Tries a running service that speaks the remote protocol. Asks its first model for a handful of short answers. */
export async function* remoteServiceCases(baseUrl: string, token: string | undefined): AsyncGenerator<CaseResult> {
  const providers: Provider[] = [];
  const open = (with_: string | undefined): Provider => {
    const limits = { connectTimeoutMs: 5000, firstTokenTimeoutMs: patienceMs, idleTimeoutMs: patienceMs };
    const context = { slug: 'under-test', clock: createFakeClock(), logger: createMemoryLogger() };
    const provider = createRemoteProvider({ baseUrl, token: with_, ...limits }, context);
    providers.push(provider);
    return provider;
  };
  try {
    const provider = open(token);
    yield await attempt('the manifest is there and of this protocol', () => provider.probe({ signal: patience() }));
    let models: readonly ModelInfo[] = [];
    const listed = await attempt('the models are listed, at least one for chats', async () => {
      models = (await provider.listModels({ signal: patience() })).filter(({ kind }) => kind === 'chat');
      assert.ok(models.length > 0, 'There is no model of the kind "chat"');
    });
    yield listed;
    const [model] = models;
    if (!model) return;
    const service = { provider, model, withToken: open, hasToken: token !== undefined };
    for (const { name, run } of cases) yield await attempt(name, () => run(service));
  } finally {
    for (const each of providers) await each[Symbol.asyncDispose]();
  }
}

const cases: readonly ServiceCase[] = [
  {
    name: 'an answer has text and exactly one finish, the last line',
    run: async ({ provider, model }) => assertWhole(await answerOf(provider, model.id)),
  },
  {
    name: 'three questions at once get three whole answers',
    async run({ provider, model }) {
      const answers = await Promise.all([1, 2, 3].map(() => answerOf(provider, model.id)));
      for (const events of answers) assertWhole(events);
    },
  },
  { name: 'a long conversation (100 messages) is answered, or refused as context_too_long', run: longConversation },
  {
    name: 'an answer that nobody reads to its end does not disturb the next',
    async run({ provider, model }) {
      for await (const _event of provider.chatModel(model.id).stream(question, { signal: patience() })) break;
      assertWhole(await answerOf(provider, model.id));
    },
  },
  {
    name: 'a model that is not there is model_not_found',
    run: ({ provider, model }) => assertRefused(answerOf(provider, `${model.id}-that-is-not-there`), 'model_not_found'),
  },
  {
    name: 'a wrong token is auth (tried when a token is given)',
    run: async ({ withToken, hasToken, model }) => {
      if (hasToken) await assertRefused(answerOf(withToken('a-token-that-is-wrong'), model.id), 'auth');
    },
  },
];

async function longConversation({ provider, model }: Service): Promise<void> {
  const messages = Array.from({ length: 100 }, (_, index): ChatRequest['messages'][number] => ({
    role: index % 2 === 0 ? 'user' : 'assistant',
    parts: [{ type: 'text', text: `${index}: ${'Привет, мир. '.repeat(20)}` }],
  }));
  const request = { messages: [...messages, ...question.messages] };
  try {
    assertWhole(await collect(provider.chatModel(model.id).stream(request, { signal: patience() })));
  } catch (error) {
    if (!(error instanceof ProviderError) || error.code !== 'context_too_long') throw error;
  }
}

function answerOf(provider: Provider, modelId: string): Promise<readonly StreamEvent[]> {
  return collect(provider.chatModel(modelId).stream(question, { signal: patience() }));
}

async function collect(stream: AsyncIterable<StreamEvent>): Promise<readonly StreamEvent[]> {
  const events: StreamEvent[] = [];
  for await (const event of stream) events.push(event);
  return events;
}

function assertWhole(events: readonly StreamEvent[]): void {
  assert.equal(events.at(-1)?.type, 'finish', 'The last event is not a finish');
  assert.ok(
    events.some(({ type }) => type === 'text-delta' || type === 'text-replace'),
    'There is no text',
  );
}

async function assertRefused(answer: Promise<unknown>, code: ProviderError['code']): Promise<void> {
  const error: unknown = await answer.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ProviderError, error instanceof Error ? error.message : 'It was answered');
  assert.equal(error.code, code);
}

async function attempt(name: string, run: () => Promise<unknown>): Promise<CaseResult> {
  try {
    await run();
    return { name, passed: true };
  } catch (error) {
    return { name, passed: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

function patience(): AbortSignal {
  return AbortSignal.timeout(patienceMs);
}
