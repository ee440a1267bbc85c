import type { ChatModel, ChatRequest, ModelMessage, Provider, StreamEvent } from '@multimodel/core';
import { type Answer, collectAnswer } from '@multimodel/provider-sdk';
import { createFakeClock, createMemoryLogger, type FakeClock } from '@multimodel/provider-sdk/testing';
import { exampleGoogleKey, startGoogleSimulator, type VendorSimulator } from '@multimodel/simulators';
import { google } from './google.ts';

export interface TestAccount extends AsyncDisposable {
  readonly simulator: VendorSimulator;
  readonly provider: Provider;
  readonly clock: FakeClock;
  model(id?: string): ChatModel;
  ask(request: string | ChatRequest, model?: string): Promise<Answer>;
  events(request: string | ChatRequest, model?: string): Promise<readonly StreamEvent[]>;
}

export async function openTestAccount(settings: Readonly<Record<string, unknown>> = {}): Promise<TestAccount> {
  const clock = createFakeClock();
  const simulator = await startGoogleSimulator();
  const context = { slug: 'work-gemini', clock, logger: createMemoryLogger() };
  const parsed = google.settings.parse({ apiKey: exampleGoogleKey, baseUrl: `${simulator.url}/v1beta`, ...settings });
  const provider = google.create(parsed, context);
  const model = (id = 'gemini-2.5-flash'): ChatModel => provider.chatModel(id);
  const stream = (request: string | ChatRequest, id?: string): AsyncIterable<StreamEvent> =>
    model(id).stream(typeof request === 'string' ? { messages: [user(request)] } : request, { signal: newSignal() });
  return {
    simulator,
    provider,
    clock,
    model,
    ask: (request, id) => collectAnswer(stream(request, id)),
    events: (request, id) => Array.fromAsync(stream(request, id)),
    async [Symbol.asyncDispose]() {
      await provider[Symbol.asyncDispose]();
      await simulator[Symbol.asyncDispose]();
    },
  };
}

export const newSignal = (): AbortSignal => new AbortController().signal;
export const user = (text: string): ModelMessage => ({ role: 'user', parts: [{ type: 'text', text }] });
