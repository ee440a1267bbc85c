import type { FinishReason, StreamEvent, Usage } from '@multimodel/core';
import type { StreamDecoder } from '@multimodel/provider-sdk';
import { badCallError, toCallEvent, type WireCall } from './answer-calls.ts';
import { AnswerText } from './answer-text.ts';
import { toAnswerEvents } from './to-answer-events.ts';
import type { DecoderOptions } from './v1-decoder.ts';
import type { V2Chunk, V2Message, V2Usage } from './v2-chunk.ts';

const finishReasons: Readonly<Record<string, FinishReason>> = {
  stop: 'stop',
  length: 'length',
  function_call: 'tool_calls',
  blacklist: 'content_filter',
  request_blacklist: 'content_filter',
  request_whitelist: 'content_filter',
  request_filter: 'content_filter',
  response_blacklist: 'content_filter',
};

interface FoundCall extends WireCall {
  readonly id?: string | null | undefined;
}

type Part = NonNullable<V2Message['content']>[number];

/** Events of one v2 answer → ours. The names of the vendor's events are not needed: what ends the answer has a reason. */
export class V2Decoder implements StreamDecoder<V2Chunk> {
  readonly #options: DecoderOptions;
  readonly #text = new AnswerText();
  readonly #calls: FoundCall[] = [];
  #stateId: string | undefined;
  #hasText = false;
  #modelVersion: string | undefined;

  constructor(options: DecoderOptions) {
    this.#options = options;
  }

  *decode(chunk: V2Chunk): Generator<StreamEvent, void, undefined> {
    const { messages, finish_reason: reason } = chunk;
    if (!messages && !reason) throw this.#options.toStreamError(chunk.status ?? chunk.code ?? undefined, chunk.error ?? chunk);
    this.#modelVersion = chunk.model ?? this.#modelVersion;
    // A closing event that repeats the text must not double it.
    const isRepeated = Boolean(reason) && this.#hasText;
    for (const message of messages ?? []) yield* this.#decodeMessage(message, isRepeated);
    if (reason) yield* this.#finish(reason, chunk.usage ?? undefined);
  }

  *#decodeMessage(message: V2Message, isRepeated: boolean): Generator<StreamEvent, void, undefined> {
    this.#stateId = message.tool_state_id ?? message.tools_state_id ?? message.functions_state_id ?? this.#stateId;
    yield { type: 'reasoning-delta', text: message.reasoning_content ?? '' };
    for (const part of message.content ?? []) yield* this.#decodePart(part, isRepeated);
  }

  *#decodePart(part: Part, isRepeated: boolean): Generator<StreamEvent, void, undefined> {
    if (part.function_call) this.#calls.push(part.function_call);
    for (const { id, mime, target } of isRepeated ? [] : (part.files ?? [])) {
      this.#options.made.push({ fileId: id, mediaType: mime ?? (target === 'image' ? 'image/jpeg' : 'application/octet-stream') });
    }
    yield { type: 'reasoning-delta', text: part.reasoning ?? '' };
    const { text } = part;
    if (!text || isRepeated) return;
    this.#hasText = true;
    yield* toAnswerEvents(this.#text.push(text), this.#options.made);
  }

  *#finish(reason: string, usage: V2Usage | undefined): Generator<StreamEvent, void, undefined> {
    yield* toAnswerEvents(this.#text.end(), this.#options.made);
    if (reason === 'function_call_error') throw badCallError(this.#options.providerId);
    if (reason === 'error') throw this.#options.toStreamError(undefined, {});
    for (const call of this.#calls) yield toCallEvent(call, { stateId: this.#stateId, wireId: call.id ?? undefined }, this.#options);
    yield { type: 'finish', reason: finishReasons[reason] ?? 'other', usage: usage && toUsage(usage), modelVersion: this.#modelVersion };
  }
}

function toUsage(usage: V2Usage): Usage {
  return {
    inputTokens: usage.input_tokens ?? 0,
    outputTokens: usage.output_tokens ?? 0,
    cachedInputTokens: usage.input_tokens_details?.cached_tokens ?? undefined,
  };
}
