import { type ChatModel, type ChatRequest, type ModelMessage, type Provider, ProviderError } from '@multimodel/core';
import { type Answer, collectAnswer } from '@multimodel/provider-sdk';
import { createFakeClock, createMemoryLogger, type FakeClock } from '@multimodel/provider-sdk/testing';
import { exampleOpenAiKey, type OpenAiSimulator, type OpenAiSimulatorOptions, startOpenAiSimulator } from '@multimodel/simulators';
import { openaiCompatible } from './openai-compatible.ts';

export interface TestAccount extends AsyncDisposable {
  readonly simulator: OpenAiSimulator;
  readonly provider: Provider;
  readonly clock: FakeClock;
  model(id?: string): ChatModel;
  ask(request: string | ChatRequest, model?: string): Promise<Answer>;
  /** The last body that arrived. */
  sent(): unknown;
}

export interface TestAccountOptions extends OpenAiSimulatorOptions {
  /** On top of preset, key and address. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** A simulator in the dialect of a preset, and a provider with that preset which talks to it. */
export async function openTestAccount({ settings, ...options }: TestAccountOptions = {}): Promise<TestAccount> {
  const clock = createFakeClock();
  const simulator = await startOpenAiSimulator({ now: () => clock.now(), ...options });
  const own = { preset: options.dialect ?? 'openai', apiKey: exampleOpenAiKey, baseUrl: simulator.baseUrl, ...settings };
  const context = { slug: 'work-openai', clock, logger: createMemoryLogger() };
  const provider = openaiCompatible.create(openaiCompatible.settings.parse(own), context);
  const model = (id = 'sim-large'): ChatModel => provider.chatModel(id);
  return {
    simulator,
    provider,
    clock,
    model,
    ask: (request, id) =>
      collectAnswer(model(id).stream(typeof request === 'string' ? userAsks(request) : request, { signal: newSignal() })),
    sent: (): unknown => JSON.parse(simulator.requests.at(-1)?.body ?? ''),
    async [Symbol.asyncDispose]() {
      await provider[Symbol.asyncDispose]();
      await simulator[Symbol.asyncDispose]();
    },
  };
}

export const newSignal = (): AbortSignal => new AbortController().signal;
export const user = (text: string): ModelMessage => ({ role: 'user', parts: [{ type: 'text', text }] });
export const userAsks = (text: string): ChatRequest => ({ messages: [user(text)] });

/** What a promise fails with. */
export async function failureOf(work: Promise<unknown>): Promise<ProviderError> {
  const error: unknown = await work.catch((reason: unknown) => reason);
  if (error instanceof ProviderError) return error;
  throw new Error(`No ProviderError: ${String(error)}`);
}
