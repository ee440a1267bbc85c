import type { FinishReason, Localized, ProviderError, StreamEvent, Usage } from '@multimodel/core';
import { createProviderError, type StreamDecoder } from '@multimodel/provider-sdk';
import { countedIn, errorIn, type OpenAiChunk, type OpenAiMessage, type OpenAiUsage } from './openai-chunk.ts';
import type { OpenAiDialect } from './openai-dialect.ts';
import { type SplitText, ThinkTags } from './think-tags.ts';
import { ToolCallPieces } from './tool-call-pieces.ts';

type Choice = NonNullable<OpenAiChunk['choices']>[number];

const finishReasons: Readonly<Record<string, FinishReason>> = {
  stop: 'stop',
  eos: 'stop',
  eos_token: 'stop',
  end_turn: 'stop',
  length: 'length',
  max_tokens: 'length',
  model_length: 'length',
  content_filter: 'content_filter',
  tool_calls: 'tool_calls',
  function_call: 'tool_calls',
};

const badArguments = (name: string): Localized => ({
  ru: `Модель вызвала ${name} с аргументами не в JSON`,
  en: `The model called ${name} with arguments that are not JSON`,
});

export interface OpenAiDecoderOptions {
  readonly providerId: string;
  readonly dialect: Pick<OpenAiDialect, 'filterReplacesText' | 'toCallId' | 'hasThinkTags' | 'namesModel'>;
  /** Of the `error` member inside a 200. */
  toStreamError(error: unknown): ProviderError;
}

/** Chunks of one answer → events. The finish waits for the usage, which may come after it or never. */
export class OpenAiDecoder implements StreamDecoder<OpenAiChunk> {
  readonly #options: OpenAiDecoderOptions;
  readonly #calls = new ToolCallPieces();
  readonly #thinkTags: ThinkTags | undefined;
  #hasText = false;
  #reason: FinishReason | undefined;
  #usage: Usage | undefined;
  #model: string | undefined;

  constructor(options: OpenAiDecoderOptions) {
    this.#options = options;
    this.#thinkTags = options.dialect.hasThinkTags ? new ThinkTags() : undefined;
  }

  *decode(chunk: OpenAiChunk): Generator<StreamEvent, void, undefined> {
    const error = errorIn(chunk);
    if (error) throw this.#options.toStreamError(error);
    const counted = countedIn(chunk);
    if (counted) this.#usage = toUsage(counted);
    if (chunk.model && this.#options.dialect.namesModel) this.#model = chunk.model;
    const [choice] = chunk.choices ?? [];
    if (choice) yield* this.#decodeChoice(choice);
    // Counts of earlier chunks may be those of half an answer: only these are the last ones.
    if (this.#reason !== undefined && counted) yield* this.#finish(this.#reason);
  }

  *end(): Generator<StreamEvent, void, undefined> {
    if (this.#reason !== undefined) yield* this.#finish(this.#reason);
  }

  *#decodeChoice(choice: Choice): Generator<StreamEvent, void, undefined> {
    const delta = choice.delta ?? choice.message;
    const reason = choice.finish_reason;
    if (delta?.tool_calls) this.#calls.add(delta.tool_calls);
    const { reasoning, text } = this.#split(delta);
    yield { type: 'reasoning-delta', text: reasoning };
    yield* this.#decodeText(text, reason === 'content_filter');
    if (reason) this.#reason = finishReasons[reason] ?? 'other';
  }

  /** Some servers tell a thought under both names: once is enough. */
  #split(delta: OpenAiMessage | null | undefined): SplitText {
    const content = contentOf(delta?.content);
    const told = (delta?.reasoning_content || delta?.reasoning || '') + content.reasoning;
    const text = content.text === '' ? (delta?.refusal ?? '') : content.text;
    const tagged = this.#thinkTags?.push(text) ?? { reasoning: '', text };
    return { reasoning: told + tagged.reasoning, text: tagged.text };
  }

  *#decodeText(text: string, isFiltered: boolean): Generator<StreamEvent, void, undefined> {
    if (text === '') return;
    const isReplacement = isFiltered && this.#hasText && this.#options.dialect.filterReplacesText;
    yield isReplacement ? { type: 'text-replace', from: 0, text } : { type: 'text-delta', text };
    this.#hasText = true;
  }

  *#finish(reason: FinishReason): Generator<StreamEvent, void, undefined> {
    const rest = this.#thinkTags?.end();
    if (rest) {
      yield { type: 'reasoning-delta', text: rest.reasoning };
      yield* this.#decodeText(rest.text, false);
    }
    const hasCalls = yield* this.#finishCalls(reason);
    const usage = this.#usage;
    // A call that ends with `stop`, as some servers write it, waits for its result all the same.
    const why = hasCalls && reason === 'stop' ? 'tool_calls' : reason;
    yield { type: 'finish', reason: why, usage, ...(this.#model === undefined ? {} : { modelVersion: this.#model }) };
  }

  *#finishCalls(reason: FinishReason): Generator<StreamEvent, boolean, undefined> {
    const { dialect, providerId } = this.#options;
    const ids = new Set<string>();
    for (const { id, name, arguments: args } of this.#calls.assemble()) {
      if (args !== undefined) {
        const callId = dialect.toCallId(ids.has(id) ? '' : id, name);
        ids.add(id);
        yield { type: 'tool-call', callId, name, arguments: args };
      } else if (reason === 'length') {
        yield { type: 'warning', code: 'content_dropped', message: `The call of ${name} was cut by the limit of tokens and was left out` };
      } else {
        throw createProviderError('protocol', badArguments(name), { providerId });
      }
    }
    return ids.size > 0;
  }
}

function contentOf(content: OpenAiMessage['content']): SplitText {
  if (typeof content === 'string') return { reasoning: '', text: content };
  const parts = content ?? [];
  return {
    reasoning: parts.map(({ thinking }) => (typeof thinking === 'string' ? thinking : textsOf(thinking ?? []))).join(''),
    text: textsOf(parts),
  };
}

function textsOf(parts: readonly { readonly text?: string | null | undefined }[]): string {
  return parts.map(({ text }) => text ?? '').join('');
}

function toUsage(usage: OpenAiUsage): Usage {
  return {
    inputTokens: usage.prompt_tokens ?? 0,
    outputTokens: usage.completion_tokens ?? 0,
    reasoningTokens: usage.completion_tokens_details?.reasoning_tokens ?? undefined,
    cachedInputTokens: usage.prompt_tokens_details?.cached_tokens ?? usage.prompt_cache_hit_tokens ?? usage.cached_tokens ?? undefined,
  };
}
