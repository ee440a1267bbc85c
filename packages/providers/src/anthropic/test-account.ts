import type { ChatModel, ChatRequest, ModelMessage, Provider, StreamEvent } from '@multimodel/core';
import { type Answer, collectAnswer } from '@multimodel/provider-sdk';
import { createFakeClock, createMemoryLogger, type FakeClock } from '@multimodel/provider-sdk/testing';
import { exampleAnthropicKey, startAnthropicSimulator, type VendorSimulator } from '@multimodel/simulators';
import { anthropic } from './anthropic.ts';

export interface TestAccount extends AsyncDisposable {
  readonly simulator: VendorSimulator;
  readonly provider: Provider;
  readonly clock: FakeClock;
  model(id?: string): ChatModel;
  ask(request: string | ChatRequest, model?: string): Promise<Answer>;
  events(request: string | ChatRequest, model?: string): Promise<readonly StreamEvent[]>;
  /** Of the last question, as it arrived. */
  body(): unknown;
}

export async function openTestAccount(settings: Readonly<Record<string, unknown>> = {}): Promise<TestAccount> {
  const clock = createFakeClock();
  const simulator = await startAnthropicSimulator();
  const context = { slug: 'work-claude', clock, logger: createMemoryLogger() };
  const parsed = anthropic.settings.parse({ apiKey: exampleAnthropicKey, baseUrl: simulator.url, ...settings });
  const provider = anthropic.create(parsed, context);
  const model = (id = 'claude-haiku-4-5'): ChatModel => provider.chatModel(id);
  const stream = (request: string | ChatRequest, id?: string): AsyncIterable<StreamEvent> =>
    model(id).stream(typeof request === 'string' ? { messages: [user(request)] } : request, { signal: newSignal() });
  return {
    simulator,
    provider,
    clock,
    model,
    ask: (request, id) => collectAnswer(stream(request, id)),
    events: (request, id) => Array.fromAsync(stream(request, id)),
    body: (): unknown => JSON.parse(simulator.requests.findLast(({ path }) => path === '/v1/messages')?.body ?? '{}'),
    async [Symbol.asyncDispose]() {
      await provider[Symbol.asyncDispose]();
      await simulator[Symbol.asyncDispose]();
    },
  };
}

export const newSignal = (): AbortSignal => new AbortController().signal;
export const user = (text: string): ModelMessage => ({ role: 'user', parts: [{ type: 'text', text }] });
