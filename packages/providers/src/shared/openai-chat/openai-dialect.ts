import type { JsonObject, ProviderError, ReasoningEffort } from '@multimodel/core';
import type { ErrorAnswer, RequestHeaders } from '@multimodel/provider-sdk';

/** How one vendor's Chat Completions differ from the others'. Data, so that a vendor adds no branches here. */
export interface OpenAiDialect {
  /** Appended to the transport's base URL. */
  readonly path: string;
  readonly maxTokensField: 'max_tokens' | 'max_completion_tokens';
  /** `seed` unless told otherwise. */
  readonly seedField?: 'seed' | 'random_seed' | undefined;
  readonly maxTemperature: number;
  /** What is not supported is dropped with a warning. */
  readonly supports: {
    readonly topP: boolean;
    readonly stop: boolean;
    readonly seed: boolean;
    readonly images: boolean;
    /** `stream_options.include_usage`. */
    readonly streamUsage: boolean;
    /** Absent = true, like the next two. */
    readonly tools?: boolean | undefined;
    readonly parallelToolCalls?: boolean | undefined;
    /** Without it a schema becomes a wish for JSON. */
    readonly jsonSchema?: boolean | undefined;
  };
  /** What each effort adds to a request. Empty: the model cannot be told how much to think. */
  readonly reasoning: Readonly<Partial<Record<ReasoningEffort, JsonObject>>>;
  readonly mergesSystemMessages: boolean;
  /** Question and answer must take turns: neighbours of one role become one message. */
  readonly alternates?: boolean | undefined;
  /** Thoughts may stand in the text, between `<think>` and `</think>`. */
  readonly hasThinkTags?: boolean | undefined;
  /** Answers name the model that made them, which is not always the one that was asked. */
  readonly namesModel?: boolean | undefined;
  /** The chunk that ends with `content_filter` holds a refusal in place of the text before it, not more of it. */
  readonly filterReplacesText: boolean;
  /** Vendors whose call ids are not unique: an id is made for us, and turned back into the vendor's for a request. */
  toCallId(wireId: string, name: string): string;
  toWireCallId(callId: string, name: string): string;
  /** Made anew for each request. */
  headers(): RequestHeaders;
  toError(answer: ErrorAnswer): ProviderError;
}
