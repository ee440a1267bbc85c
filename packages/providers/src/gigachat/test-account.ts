import type { ChatModel, ChatRequest, ModelMessage, Provider, StreamEvent } from '@multimodel/core';
import { ProviderError } from '@multimodel/core';
import { type Answer, collectAnswer } from '@multimodel/provider-sdk';
import { createFakeClock, createMemoryLogger, type FakeClock, type MemoryLogger } from '@multimodel/provider-sdk/testing';
import {
  exampleAuthorizationKey,
  type GigaChatSimulator,
  type GigaChatSimulatorOptions,
  type RecordedRequest,
  startGigaChatSimulator,
} from '@multimodel/simulators';
import { gigachat } from './gigachat.ts';

export type RawSettings = Readonly<Record<string, unknown>>;

export interface TestAccount extends AsyncDisposable {
  readonly simulator: GigaChatSimulator;
  readonly provider: Provider;
  readonly clock: FakeClock;
  readonly logger: MemoryLogger;
  /** Another provider with the same clock. */
  open(settings?: RawSettings, slug?: string): Provider;
  model(id?: string): ChatModel;
  ask(request: string | ChatRequest, model?: string): Promise<Answer>;
  /** Bodies of the questions that came in, oldest first. */
  questions(): readonly Body[];
}

/** JSON that a test looks into. */
export interface Body {
  readonly [name: string]: unknown;
}

export interface TestAccountOptions extends GigaChatSimulatorOptions {
  /** Beside or in place of the key and the addresses. */
  settings?(simulator: GigaChatSimulator): RawSettings;
  readonly trustedRoots?: readonly string[];
}

export const corporate = { authorizationKey: Buffer.from('id-corp:secret').toString('base64'), scope: 'GIGACHAT_API_CORP' };

/** A simulator and a provider that talks to it. The simulator's clock is the provider's. */
export async function openTestAccount({ settings, trustedRoots, ...options }: TestAccountOptions = {}): Promise<TestAccount> {
  const clock = createFakeClock();
  const logger = createMemoryLogger();
  const simulator = await startGigaChatSimulator({ now: () => clock.now(), ...options });
  const opened: Provider[] = [];
  const open = (own: RawSettings = {}, slug = 'work-giga'): Provider => {
    const base = { authorizationKey: exampleAuthorizationKey, baseUrl: simulator.baseUrl, authUrl: simulator.oauthUrl };
    const values = Object.entries({ ...base, ...settings?.(simulator), ...own }).filter(([, value]) => value !== undefined);
    const provider = gigachat.create(gigachat.settings.parse(Object.fromEntries(values)), { slug, clock, logger, trustedRoots });
    opened.push(provider);
    return provider;
  };
  const provider = open();
  const model = (id = 'GigaChat-2'): ChatModel => provider.chatModel(id);
  return {
    simulator,
    provider,
    clock,
    logger,
    open,
    model,
    ask: (request, id) => askModel(model(id), request),
    questions: () => chatRequests(simulator).map(({ body }) => parseBody(body)),
    async [Symbol.asyncDispose]() {
      for (const each of opened) await each[Symbol.asyncDispose]();
      await simulator[Symbol.asyncDispose]();
    },
  };
}

export const askModel = (model: ChatModel, request: string | ChatRequest): Promise<Answer> =>
  collectAnswer(model.stream(typeof request === 'string' ? userAsks(request) : request, { signal: newSignal() }));

export const chatRequests = ({ requests }: GigaChatSimulator): readonly RecordedRequest[] =>
  requests.filter(({ path }) => path.endsWith('/chat/completions'));

export function parseBody(text: string): Body {
  // oxlint-disable-next-line typescript/consistent-type-assertions -- a test fails on its own when the shape is another
  return JSON.parse(text) as Body;
}

/** The events before an error, and the error. */
export async function failureOf(stream: AsyncIterable<StreamEvent>): Promise<{ readonly error: ProviderError; readonly text: string }> {
  let text = '';
  try {
    for await (const event of stream) if (event.type === 'text-delta') text += event.text;
  } catch (error) {
    if (error instanceof ProviderError) return { error, text };
    throw error;
  }
  throw new Error('no error');
}

export async function rejection(work: Promise<unknown>): Promise<ProviderError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ProviderError) return error;
  throw new Error(`no ProviderError: ${String(error)}`);
}

export const newSignal = (): AbortSignal => new AbortController().signal;
export const user = (text: string): ModelMessage => ({ role: 'user', parts: [{ type: 'text', text }] });
export const system = (text: string): ModelMessage => ({ role: 'system', parts: [{ type: 'text', text }] });
export const assistant = (text: string): ModelMessage => ({ role: 'assistant', parts: [{ type: 'text', text }] });
export const userAsks = (text: string): ChatRequest => ({ messages: [user(text)] });
