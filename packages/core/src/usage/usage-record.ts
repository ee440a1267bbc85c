import type { ErrorCode } from '../errors/error-code.ts';
import type { Usage } from '../model/stream-event.ts';
import type { ProviderId, RunId, UserId, WorkspaceId } from '../shared/ids.ts';
import type { Cost } from './cost.ts';

/** Tokens, cost, timings and outcome of one attempt at one model. Outlives the chat. */
export interface UsageRecord {
  readonly id: string;
  readonly runId?: RunId | undefined;
  readonly ownerId: UserId;
  readonly workspaceId?: WorkspaceId | undefined;
  readonly providerId?: ProviderId | undefined;
  readonly provider: string;
  /** Public model name. */
  readonly model: string;
  /** 1 for the first attempt of a run. */
  readonly attempt: number;
  readonly outcome: 'completed' | 'stopped' | 'failed' | 'interrupted';
  readonly errorCode?: ErrorCode | undefined;
  readonly usage?: Usage | undefined;
  readonly cost?: Cost | undefined;
  readonly queueMs: number;
  readonly firstTokenMs?: number | undefined;
  readonly totalMs: number;
  readonly createdAt: number;
}

export interface UsageReader {
  listByRun(runId: RunId): Promise<readonly UsageRecord[]>;
}
export interface UsageWriter extends UsageReader {
  insert(record: UsageRecord): Promise<void>;
}
