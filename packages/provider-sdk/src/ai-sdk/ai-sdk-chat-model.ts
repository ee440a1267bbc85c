import type { CallOptions, ChatModel, ChatRequest, StreamEvent } from '@multimodel/core';
import { cancelledError } from '../errors/provider-error.ts';
import { toAiSdkError } from './ai-sdk-error.ts';
import { type AiSdkCall, toCallOptions } from './call-options.ts';
import { type AiSdkLanguageModel, aiSdkSpecifications, isAiSdkLanguageModel } from './language-model.ts';
import { PartDecoder } from './part-decoder.ts';
import { readStreamPart } from './stream-part.ts';

/** What an AI SDK model needs to be one of ours. */
export interface AiSdkChatModelDeps {
  /** Slug of the configured provider; named in errors. */
  readonly providerId: string;
  /** Values of secret settings, kept out of every error. */
  readonly secrets?: readonly string[] | undefined;
  /** Ends every call: the provider is being disposed of. */
  readonly closing?: AbortSignal | undefined;
}

/**
 * A language model of the AI SDK (specification v2, v3 or v4) as a `ChatModel`. It is driven by `doStream` alone, which is cheap;
 * retries and time limits are not its business (`withTimeouts`). Throws `TypeError` for anything that is no such model.
 *
 * @example
 * import { createMistral } from '@ai-sdk/mistral';
 *
 * const mistral = createMistral({ apiKey });
 * const model = createAiSdkChatModel(mistral.languageModel('mistral-small-latest'), { providerId: slug, secrets: [apiKey] });
 */
export function createAiSdkChatModel(model: AiSdkLanguageModel, deps: AiSdkChatModelDeps): ChatModel {
  if (!isAiSdkLanguageModel(model)) {
    throw new TypeError(`This is no AI SDK language model of the specifications ${aiSdkSpecifications.join(', ')}`);
  }
  return { id: model.modelId, stream: (request, options) => streamEvents(model, deps, { request, options }) };
}

interface Asked {
  readonly request: ChatRequest;
  readonly options: CallOptions;
}

async function* streamEvents(
  model: AiSdkLanguageModel,
  { providerId, secrets = [], closing }: AiSdkChatModelDeps,
  { request, options: { signal } }: Asked,
): AsyncGenerator<StreamEvent, void, undefined> {
  if (signal.aborted) throw cancelledError(providerId);
  const leaving = new AbortController();
  const abort = AbortSignal.any([signal, leaving.signal, ...(closing ? [closing] : [])]);
  const version = aiSdkSpecifications.find((each) => each === model.specificationVersion) ?? 'v4';
  const call = toCallOptions(request, version, abort);
  for (const warning of call.warnings) yield warning;
  const decoder = new PartDecoder({ providerId, toError: (error) => toAiSdkError(error, { providerId, secrets }) });
  try {
    yield* decodeParts(openParts(model, call, abort), decoder);
  } catch (error) {
    if (signal.aborted) throw cancelledError(providerId);
    throw toAiSdkError(closing?.aborted ? connectionClosed() : error, { providerId, secrets });
  } finally {
    leaving.abort();
  }
}

const connectionClosed = (): Error => Object.assign(new Error('closed'), { code: 'UND_ERR_CLOSED' });

/** Up to the finish, and not beyond: what comes after it is of no interest. */
async function* decodeParts(parts: AsyncIterable<unknown>, decoder: PartDecoder): AsyncGenerator<StreamEvent, void, undefined> {
  for await (const value of parts) {
    const part = readStreamPart(value);
    if (part === null) throw decoder.cutOff();
    for (const event of part === undefined ? [] : decoder.decode(part)) {
      yield event;
      if (event.type === 'finish') return;
    }
  }
  throw decoder.cutOff();
}

/** Neither a package that does not listen to its signal nor one that is slow to notice keeps anybody waiting. */
async function* openParts(model: AiSdkLanguageModel, call: AiSdkCall, abort: AbortSignal): AsyncGenerator<unknown, void, undefined> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(abort.reason);
  aborted.catch(() => undefined);
  abort.addEventListener('abort', onAbort, { once: true });
  let reader: ReadableStreamDefaultReader<unknown> | undefined;
  try {
    const { stream } = await Promise.race([model.doStream(call.options), aborted]);
    reader = stream.getReader();
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), aborted]);
      if (done) return;
      yield value;
    }
  } finally {
    abort.removeEventListener('abort', onAbort);
    reader?.cancel().catch(() => undefined);
  }
}
