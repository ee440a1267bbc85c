import type { GenerationSettings } from '../chat/chat.ts';
import type { ChatId, MessageId, RunId, UserId } from '../shared/ids.ts';
import type { RunEvent, RunState, TerminalRunState } from './run-event.ts';

/** One generation, from the user's send to one terminal state. */
export interface Run {
  readonly id: RunId;
  readonly chatId: ChatId;
  /** The assistant message that it fills. */
  readonly messageId: MessageId;
  readonly ownerId: UserId;
  readonly state: RunState;
  /** Public model name that was asked for. */
  readonly model: string;
  readonly settings: GenerationSettings;
  /** Process that drives it; a run whose process is gone is taken over. */
  readonly processId: string;
  /** `seq` of the last event; written when it ends. */
  readonly lastSeq: number;
  readonly createdAt: number;
  readonly finishedAt?: number | undefined;
}

/** Consecutive events of one run, logged together. */
export interface RunChunk {
  readonly runId: RunId;
  /** Not empty, ascending `seq`. */
  readonly events: readonly RunEvent[];
}

export interface RunReader {
  findById(id: RunId): Promise<Run | undefined>;
  /** The run of this chat that is not at rest, if any. */
  findActiveByChat(chatId: ChatId): Promise<Run | undefined>;
  /** Runs not at rest whose process is another than `processId`. */
  listOrphans(processId: string, limit: number): Promise<readonly Run[]>;
  /** All logged events, in order. Empty once folded. */
  loadEvents(id: RunId): Promise<readonly RunEvent[]>;
}
export interface RunWriter extends RunReader {
  insert(run: Run): Promise<void>;
  markRunning(id: RunId): Promise<void>;
  /** One statement per call where the database allows: this is the hot path. */
  appendChunks(chunks: readonly RunChunk[]): Promise<void>;
  /** Sets the end and drops the chunks. False, and nothing done, when it had ended before. */
  finish(id: RunId, end: { readonly state: TerminalRunState; readonly lastSeq: number; readonly finishedAt: number }): Promise<boolean>;
}
