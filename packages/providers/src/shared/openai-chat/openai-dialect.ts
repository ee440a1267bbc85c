import type { ProviderError } from '@multimodel/core';
import type { ErrorAnswer, RequestHeaders } from '@multimodel/provider-sdk';

/** How one vendor's Chat Completions differ from the others'. Data, so that a vendor adds no branches here. */
export interface OpenAiDialect {
  /** Appended to the transport's base URL. */
  readonly path: string;
  readonly maxTokensField: 'max_tokens' | 'max_completion_tokens';
  readonly maxTemperature: number;
  /** What is not supported is dropped with a warning. */
  readonly supports: {
    readonly topP: boolean;
    readonly stop: boolean;
    readonly seed: boolean;
    readonly reasoningEffort: boolean;
    readonly images: boolean;
    /** `stream_options.include_usage`. */
    readonly streamUsage: boolean;
  };
  readonly mergesSystemMessages: boolean;
  /** The chunk that ends with `content_filter` holds a refusal in place of the text before it, not more of it. */
  readonly filterReplacesText: boolean;
  /** Vendors whose call ids are not unique: an id is made for us, and turned back into the vendor's for a request. */
  toCallId(wireId: string, name: string): string;
  toWireCallId(callId: string, name: string): string;
  /** Made anew for each request. */
  headers(): RequestHeaders;
  toError(answer: ErrorAnswer): ProviderError;
}
