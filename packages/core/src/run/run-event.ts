import type { AttachmentFacts } from '../attachment/attachment.ts';
import type { ErrorCode } from '../errors/error-code.ts';
import type { ToolCallPart } from '../model/chat-request.ts';
import type {
  FinishReason,
  ReasoningDeltaEvent,
  TextDeltaEvent,
  TextReplaceEvent,
  ToolCallEvent,
  Usage,
  UsageEvent,
  WarningEvent,
} from '../model/stream-event.ts';
import type { ChatId, MessageId, RunId } from '../shared/ids.ts';
import type { Told } from '../shared/localized.ts';
import type { Cost } from '../usage/cost.ts';

export type TerminalRunState = 'completed' | 'stopped' | 'failed' | 'interrupted';
export type RunState = 'queued' | 'running' | TerminalRunState;

/** An error as watchers see it: stable code, plain words, and what may be done. Never a secret, never vendor text that may hold one. */
export interface RunError extends Told {
  readonly code: ErrorCode;
  readonly isRetryable: boolean;
  readonly retryAfterMs?: number | undefined;
  /** Slug of the provider on whose side it was. */
  readonly provider?: string | undefined;
  readonly details?: Readonly<Record<string, unknown>> | undefined;
}

/** Milliseconds. `firstTokenMs` and `totalMs` count from the moment the request left the queue. */
export interface RunTimings {
  readonly queueMs: number;
  readonly firstTokenMs?: number | undefined;
  readonly totalMs: number;
}

export type RunEventBody =
  | { readonly type: 'start'; readonly runId: RunId; readonly chatId: ChatId; readonly messageId: MessageId }
  /** 1 = next to be served. */
  | { readonly type: 'queued'; readonly position: number }
  | { readonly type: 'attempt'; readonly number: number; readonly provider: string; readonly model: string; readonly reason: AttemptReason }
  | WarningEvent
  | ReasoningDeltaEvent
  | TextDeltaEvent
  | TextReplaceEvent
  | ToolCallEvent
  /** Made by the model, and kept before this is said. */
  | { readonly type: 'file'; readonly attachment: AttachmentFacts }
  | UsageEvent
  | RunFinishEvent;

/** `retry`: the same model again, after `rate_limited` or an overload, before anything was shown. */
export type AttemptReason = 'requested' | 'retry' | 'failover';

export interface RunFinishEvent {
  readonly type: 'finish';
  readonly state: TerminalRunState;
  readonly reason?: FinishReason | undefined;
  readonly usage?: Usage | undefined;
  readonly cost?: Cost | undefined;
  readonly timings?: RunTimings | undefined;
  readonly modelVersion?: string | undefined;
  readonly error?: RunError | undefined;
}

/** One entry of a run's log. `seq` counts from 1 without gaps. */
export type RunEvent = RunEventBody & { readonly seq: number };

/** Everything up to `seq` in one piece: for a watcher that is new, behind or returning. Never stored. */
export interface RunSnapshot {
  readonly type: 'snapshot';
  readonly seq: number;
  readonly runId: RunId;
  readonly chatId: ChatId;
  readonly messageId: MessageId;
  readonly state: 'queued' | 'running';
  readonly position?: number | undefined;
  readonly provider?: string | undefined;
  readonly model?: string | undefined;
  /** The one at work; absent while none has begun. */
  readonly attempt?: { readonly number: number; readonly reason: AttemptReason } | undefined;
  readonly text: string;
  readonly reasoning: string;
  readonly toolCalls: readonly ToolCallPart[];
  readonly attachments: readonly AttachmentFacts[];
  readonly warnings: readonly Omit<WarningEvent, 'type'>[];
  readonly usage?: Usage | undefined;
}
