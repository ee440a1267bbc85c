import type { JsonObject } from './chat-request.ts';

/** Tokens as the vendor counted them, or as estimated by us (`isEstimated`). */
export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Part of `outputTokens` spent on hidden or shown reasoning. */
  readonly reasoningTokens?: number | undefined;
  /** Part of `inputTokens` that the vendor served from its cache. */
  readonly cachedInputTokens?: number | undefined;
  readonly isEstimated?: boolean | undefined;
}

export type FinishReason = 'stop' | 'length' | 'content_filter' | 'tool_calls' | 'other';

/** Something was not done as asked: a parameter dropped, changed, or a part left out. */
export interface WarningEvent {
  readonly type: 'warning';
  readonly code:
    | 'parameter_dropped'
    | 'parameter_changed'
    | 'content_dropped'
    | 'content_changed'
    | 'messages_left_out'
    | 'endpoint_changed';
  /** Field of the request, for example `topP`. */
  readonly parameter?: string | undefined;
  /** How many messages were left out; absent = nobody counted. */
  readonly count?: number | undefined;
  /** Names of the files that it is about. */
  readonly files?: readonly string[] | undefined;
  readonly message: string;
}
export interface ReasoningDeltaEvent {
  readonly type: 'reasoning-delta';
  readonly text: string;
}
export interface TextDeltaEvent {
  readonly type: 'text-delta';
  readonly text: string;
}
/** The text from offset `from` (UTF-16 units) to its end is withdrawn and `text` stands there instead. */
export interface TextReplaceEvent {
  readonly type: 'text-replace';
  readonly from: number;
  readonly text: string;
}
export interface ToolCallEvent {
  readonly type: 'tool-call';
  readonly callId: string;
  readonly name: string;
  readonly arguments: JsonObject;
}
/** Something that the model made, for example an image; whole, in one event. */
export interface FileEvent {
  readonly type: 'file';
  /** For example `image/png`. */
  readonly mediaType: string;
  readonly name?: string | undefined;
  readonly data: Uint8Array;
}
export interface UsageEvent {
  readonly type: 'usage';
  readonly usage: Usage;
}
/** Exactly one, and last, in every stream that does not throw. */
export interface ModelFinishEvent {
  readonly type: 'finish';
  readonly reason: FinishReason;
  readonly usage?: Usage | undefined;
  /** As the vendor names it; not to be parsed. */
  readonly modelVersion?: string | undefined;
}

export type StreamEvent =
  | WarningEvent
  | ReasoningDeltaEvent
  | TextDeltaEvent
  | TextReplaceEvent
  | ToolCallEvent
  | FileEvent
  | UsageEvent
  | ModelFinishEvent;
