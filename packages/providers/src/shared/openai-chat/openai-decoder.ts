import type { FinishReason, ProviderError, StreamEvent, Usage } from '@multimodel/core';
import { createProviderError, type StreamDecoder } from '@multimodel/provider-sdk';
import type { OpenAiChunk, OpenAiUsage } from './openai-chunk.ts';
import type { OpenAiDialect } from './openai-dialect.ts';
import { ToolCallPieces } from './tool-call-pieces.ts';

type Choice = NonNullable<OpenAiChunk['choices']>[number];

const finishReasons: Readonly<Record<string, FinishReason>> = {
  stop: 'stop',
  length: 'length',
  content_filter: 'content_filter',
  tool_calls: 'tool_calls',
  function_call: 'tool_calls',
};

export interface OpenAiDecoderOptions {
  readonly providerId: string;
  readonly dialect: Pick<OpenAiDialect, 'filterReplacesText' | 'toCallId'>;
  /** Of the `error` member inside a 200. */
  toStreamError(error: unknown): ProviderError;
}

/** Chunks of one answer → events. The finish waits for the usage, which may come after it or never. */
export class OpenAiDecoder implements StreamDecoder<OpenAiChunk> {
  readonly #options: OpenAiDecoderOptions;
  readonly #calls = new ToolCallPieces();
  #hasText = false;
  #reason: FinishReason | undefined;
  #usage: Usage | undefined;

  constructor(options: OpenAiDecoderOptions) {
    this.#options = options;
  }

  *decode(chunk: OpenAiChunk): Generator<StreamEvent, void, undefined> {
    if (chunk.error) throw this.#options.toStreamError(chunk.error);
    if (chunk.usage) this.#usage = toUsage(chunk.usage);
    const [choice] = chunk.choices ?? [];
    if (choice) yield* this.#decodeChoice(choice);
    if (this.#reason !== undefined && this.#usage !== undefined) yield* this.#finish(this.#reason);
  }

  *end(): Generator<StreamEvent, void, undefined> {
    if (this.#reason !== undefined) yield* this.#finish(this.#reason);
  }

  *#decodeChoice(choice: Choice): Generator<StreamEvent, void, undefined> {
    const delta = choice.delta ?? choice.message;
    const reason = choice.finish_reason;
    if (delta?.tool_calls) this.#calls.add(delta.tool_calls);
    yield { type: 'reasoning-delta', text: delta?.reasoning_content ?? delta?.reasoning ?? '' };
    yield* this.#decodeText(delta?.content ?? '', reason === 'content_filter');
    if (reason) this.#reason = finishReasons[reason] ?? 'other';
  }

  *#decodeText(text: string, isFiltered: boolean): Generator<StreamEvent, void, undefined> {
    if (text === '') return;
    const isReplacement = isFiltered && this.#hasText && this.#options.dialect.filterReplacesText;
    yield isReplacement ? { type: 'text-replace', from: 0, text } : { type: 'text-delta', text };
    this.#hasText = true;
  }

  *#finish(reason: FinishReason): Generator<StreamEvent, void, undefined> {
    for (const { id, name, arguments: args } of this.#calls.assemble()) {
      if (args !== undefined) {
        yield { type: 'tool-call', callId: this.#options.dialect.toCallId(id, name), name, arguments: args };
      } else if (reason === 'length') {
        yield { type: 'warning', code: 'content_dropped', message: `The call of ${name} was cut by the limit of tokens and was left out` };
      } else {
        const { providerId } = this.#options;
        throw createProviderError('protocol', `The model called ${name} with arguments that are not JSON`, { providerId });
      }
    }
    yield { type: 'finish', reason, usage: this.#usage };
  }
}

function toUsage(usage: OpenAiUsage): Usage {
  return {
    inputTokens: usage.prompt_tokens ?? 0,
    outputTokens: usage.completion_tokens ?? 0,
    reasoningTokens: usage.completion_tokens_details?.reasoning_tokens ?? undefined,
    cachedInputTokens: usage.prompt_tokens_details?.cached_tokens ?? undefined,
  };
}
