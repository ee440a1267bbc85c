import type { ChatModel, ChatRequest, ModelMessage, Provider } from '@multimodel/core';
import { type Answer, collectAnswer } from '@multimodel/provider-sdk';
import { createFakeClock, createMemoryLogger, type FakeClock } from '@multimodel/provider-sdk/testing';
import {
  exampleApiKey,
  exampleFolderId,
  startYandexGptSimulator,
  type YandexGptSimulator,
  type YandexGptSimulatorOptions,
} from '@multimodel/simulators';
import { yandexgpt } from './yandexgpt.ts';

export interface TestAccount extends AsyncDisposable {
  readonly simulator: YandexGptSimulator;
  readonly provider: Provider;
  readonly clock: FakeClock;
  model(id?: string): ChatModel;
  ask(request: string | ChatRequest, model?: string): Promise<Answer>;
}

export interface TestAccountOptions extends YandexGptSimulatorOptions {
  /** In place of the key and the folder. */
  settings?(simulator: YandexGptSimulator): Readonly<Record<string, unknown>>;
}

/** A simulator and a provider that talks to it. The simulator's clock is the provider's. */
export async function openTestAccount({ settings, ...options }: TestAccountOptions = {}): Promise<TestAccount> {
  const clock = createFakeClock();
  const simulator = await startYandexGptSimulator({ now: () => clock.now(), ...options });
  const { url } = simulator;
  const addresses = { baseUrl: url, openaiBaseUrl: `${url}/v1`, iamUrl: url, metadataUrl: url };
  const own = settings?.(simulator) ?? { apiKey: exampleApiKey, folderId: exampleFolderId };
  const context = { slug: 'work-yandex', clock, logger: createMemoryLogger() };
  const provider = yandexgpt.create(yandexgpt.settings.parse({ ...addresses, ...own }), context);
  const model = (id = 'yandexgpt-5-lite'): ChatModel => provider.chatModel(id);
  return {
    simulator,
    provider,
    clock,
    model,
    ask: (request, id) =>
      collectAnswer(model(id).stream(typeof request === 'string' ? userAsks(request) : request, { signal: newSignal() })),
    async [Symbol.asyncDispose]() {
      await provider[Symbol.asyncDispose]();
      await simulator[Symbol.asyncDispose]();
    },
  };
}

export const newSignal = (): AbortSignal => new AbortController().signal;
export const user = (text: string): ModelMessage => ({ role: 'user', parts: [{ type: 'text', text }] });
export const userAsks = (text: string): ChatRequest => ({ messages: [user(text)] });
