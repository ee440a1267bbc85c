import { ProviderError, type ProviderErrorOptions } from '../errors/app-error.ts';
import type { ProviderErrorCode } from '../errors/error-code.ts';
import type { ChatModel } from '../model/chat-model.ts';
import type { ChatRequest } from '../model/chat-request.ts';
import type { ModelInfo } from '../model/model-info.ts';
import type { FinishReason, StreamEvent, Usage } from '../model/stream-event.ts';
import type { ProviderPlugin } from '../provider/provider.ts';
import type { ProviderRecord } from '../provider/provider-record.ts';
import { toProviderId } from '../shared/ids.ts';

/** One request to the model, answered by hand. A call that is left alone hangs. */
export interface ScriptedCall {
  readonly modelId: string;
  readonly request: ChatRequest;
  readonly signal: AbortSignal;
  /** True once the reader has left, early or at the end. */
  readonly isLeft: boolean;
  push(...events: readonly StreamEvent[]): void;
  text(text: string): void;
  /** The last event, and the end of the stream. */
  finish(reason?: FinishReason, usage?: Usage): void;
  fail(error: unknown): void;
  /** Ends the stream as it is: cut, when no finish was pushed. */
  close(): void;
}

export interface ScriptedModelOptions {
  readonly slug?: string | undefined;
  /** Requests in flight that the credential allows. */
  readonly concurrency?: number | undefined;
  readonly account?: string | undefined;
  readonly models?: readonly ModelInfo[] | undefined;
  readonly catalog?: readonly ModelInfo[] | undefined;
  readonly isDemo?: boolean | undefined;
  /** Instead of `models` at once. */
  readonly listModels?: ((signal: AbortSignal) => Promise<readonly ModelInfo[]>) | undefined;
  /** True: the stream goes on hanging when it is aborted. */
  readonly ignoresAbort?: boolean | undefined;
}

/** A configured provider whose answers a test writes event by event. */
export interface ScriptedModel {
  readonly slug: string;
  /** Public name of its first model. */
  readonly publicId: string;
  readonly plugin: ProviderPlugin;
  readonly record: ProviderRecord;
  readonly calls: readonly ScriptedCall[];
  readonly isDisposed: boolean;
  /** The call of that number, from 0; waits until it comes. */
  call(index: number): Promise<ScriptedCall>;
}

export function modelInfo(id: string, more: Partial<ModelInfo> = {}): ModelInfo {
  const capabilities = { tools: false, vision: false, jsonSchema: false, reasoning: false };
  return { id, name: id, kind: 'chat', capabilities, parameters: {}, source: 'live', ...more };
}

export function providerFault(code: ProviderErrorCode, options: Partial<ProviderErrorOptions> = {}): ProviderError {
  return new ProviderError(code, `the vendor said ${code}`, { providerId: 'scripted', isRetryable: false, mayFailOver: false, ...options });
}

export function scriptedModel(options: ScriptedModelOptions = {}): ScriptedModel {
  const { slug = 'scripted', models = [modelInfo('one')] } = options;
  const calls: ScriptedCall[] = [];
  const waiting = new Map<number, PromiseWithResolvers<ScriptedCall>>();
  let isDisposed = false;
  const chatModel = (modelId: string): ChatModel => ({
    id: modelId,
    stream: (request, { signal }) => {
      const { call, events } = openCall({ modelId, request, signal }, options.ignoresAbort ?? false);
      calls.push(call);
      waiting.get(calls.length - 1)?.resolve(call);
      return events;
    },
  });
  return {
    slug,
    publicId: `${slug}/${models[0]?.id ?? 'one'}`,
    record: {
      id: toProviderId(`provider-${slug}`),
      slug,
      plugin: slug,
      displayName: slug,
      settings: {},
      source: 'config',
      isEnabled: true,
      position: 0,
      createdAt: 0,
      updatedAt: 0,
    },
    plugin: {
      id: slug,
      displayName: slug,
      isDemo: options.isDemo,
      settings: { fields: [], parse: (input) => input },
      environment: {},
      create: () => ({
        limits: { concurrency: options.concurrency, account: options.account },
        catalog: options.catalog ?? models,
        chatModel,
        listModels: async ({ signal }) => (options.listModels ? options.listModels(signal) : models),
        probe: async () => ({ ok: true, latencyMs: 1 }),
        [Symbol.asyncDispose]: async () => {
          isDisposed = true;
        },
      }),
    },
    calls,
    get isDisposed() {
      return isDisposed;
    },
    call: (index) => {
      const made = calls[index];
      if (made) return Promise.resolve(made);
      const place = waiting.get(index) ?? Promise.withResolvers<ScriptedCall>();
      waiting.set(index, place);
      return place.promise;
    },
  };
}

type Step = { readonly event: StreamEvent } | { readonly error: unknown } | 'close';

function openCall(
  facts: Pick<ScriptedCall, 'modelId' | 'request' | 'signal'>,
  ignoresAbort: boolean,
): { call: ScriptedCall; events: AsyncGenerator<StreamEvent> } {
  const steps: Step[] = [];
  let arrived = Promise.withResolvers<void>();
  let isLeft = false;
  const add = (...more: readonly Step[]): void => {
    steps.push(...more);
    arrived.resolve();
  };
  if (!ignoresAbort) facts.signal.addEventListener('abort', () => add({ error: providerFault('cancelled') }), { once: true });
  const nextStep = async (): Promise<Step> => {
    for (;;) {
      const step = steps.shift();
      if (step) return step;
      await arrived.promise;
      arrived = Promise.withResolvers();
    }
  };
  async function* stream(): AsyncGenerator<StreamEvent> {
    try {
      for (let step = await nextStep(); step !== 'close'; step = await nextStep()) {
        if ('error' in step) throw step.error;
        yield step.event;
      }
    } finally {
      isLeft = true;
    }
  }
  const call: ScriptedCall = {
    ...facts,
    get isLeft() {
      return isLeft;
    },
    push: (...events) => add(...events.map((event) => ({ event }))),
    text: (text) => add({ event: { type: 'text-delta', text } }),
    finish: (reason = 'stop', usage) => add({ event: { type: 'finish', reason, usage } }, 'close'),
    fail: (error) => add({ error }),
    close: () => add('close'),
  };
  return { call, events: stream() };
}
