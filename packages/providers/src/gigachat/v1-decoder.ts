import type { FinishReason, ProviderError, StreamEvent, Usage } from '@multimodel/core';
import type { StreamDecoder } from '@multimodel/provider-sdk';
import { badCallError, type CallContext, toCallEvent, type WireCall } from './answer-calls.ts';
import { AnswerText } from './answer-text.ts';
import type { MadeFile } from './made-files.ts';
import { toAnswerEvents } from './to-answer-events.ts';
import type { V1Chunk, V1Usage } from './v1-chunk.ts';

const finishReasons: Readonly<Record<string, FinishReason>> = {
  stop: 'stop',
  length: 'length',
  function_call: 'tool_calls',
  blacklist: 'content_filter',
};

export interface DecoderOptions extends CallContext {
  /** Takes what the vendor's own functions made. */
  readonly made: MadeFile[];
  /** Of an error inside a 200. */
  toStreamError(status: number | undefined, fault: unknown): ProviderError;
}

type Choice = NonNullable<V1Chunk['choices']>[number];

/** Chunks of one v1 answer → events. The finish waits for the usage, which comes with it or, from old models, never. */
export class V1Decoder implements StreamDecoder<V1Chunk> {
  readonly #options: DecoderOptions;
  readonly #text = new AnswerText();
  #call: WireCall | undefined;
  #stateId: string | undefined;
  #reason: string | undefined;
  #usage: Usage | undefined;
  #modelVersion: string | undefined;

  constructor(options: DecoderOptions) {
    this.#options = options;
  }

  *decode(chunk: V1Chunk): Generator<StreamEvent, void, undefined> {
    const [choice] = chunk.choices ?? [];
    if (!choice && !chunk.usage) throw this.#options.toStreamError(chunk.status ?? chunk.code ?? undefined, chunk.error ?? chunk);
    this.#modelVersion = chunk.model ?? this.#modelVersion;
    if (chunk.usage) this.#usage = toUsage(chunk.usage);
    if (choice) yield* this.#decodeChoice(choice);
    if (this.#reason !== undefined && this.#usage !== undefined) yield* this.#finish(this.#reason);
  }

  *end(): Generator<StreamEvent, void, undefined> {
    if (this.#reason !== undefined) yield* this.#finish(this.#reason);
  }

  *#decodeChoice(choice: Choice): Generator<StreamEvent, void, undefined> {
    const delta = choice.delta ?? choice.message;
    this.#reason = choice.finish_reason ?? this.#reason;
    // How long the vendor's own function will take: no part of the answer.
    if (!delta || delta.role === 'function_in_progress') return;
    if (delta.function_call) this.#call = delta.function_call;
    this.#stateId = delta.functions_state_id ?? this.#stateId;
    yield { type: 'reasoning-delta', text: delta.reasoning_content ?? '' };
    yield* toAnswerEvents(this.#text.push(delta.content ?? ''), this.#options.made);
  }

  *#finish(reason: string): Generator<StreamEvent, void, undefined> {
    yield* toAnswerEvents(this.#text.end(), this.#options.made);
    if (reason === 'error') throw badCallError(this.#options.providerId);
    if (this.#call) yield toCallEvent(this.#call, { stateId: this.#stateId }, this.#options);
    yield { type: 'finish', reason: finishReasons[reason] ?? 'other', usage: this.#usage, modelVersion: this.#modelVersion };
  }
}

function toUsage(usage: V1Usage): Usage {
  return {
    inputTokens: usage.prompt_tokens ?? 0,
    outputTokens: usage.completion_tokens ?? 0,
    cachedInputTokens: usage.precached_prompt_tokens ?? undefined,
  };
}
