import type { Cost, RunId, Usage, UsageRecord, UsageWriter } from '@multimodel/core';
import type { Kysely, Selectable } from 'kysely';
import type { Database, UsageRecord as UsageTable } from '../generated/database.ts';
import { fromFlag, fromNull, toFlag, toNull } from './columns.ts';

type Row = Selectable<UsageTable>;

/** Named one by one: a prepared `select *` fails in running processes when a newer release adds a column. */
const columns = [
  'id',
  'run_id',
  'owner_id',
  'workspace_id',
  'provider_id',
  'provider',
  'model',
  'attempt',
  'outcome',
  'error_code',
  'input_tokens',
  'output_tokens',
  'reasoning_tokens',
  'cached_input_tokens',
  'is_usage_estimated',
  'cost_amount',
  'cost_currency',
  'is_cost_estimated',
  'queue_ms',
  'first_token_ms',
  'total_ms',
  'created_at',
] as const;

function usageFromRow(row: Row): Usage | undefined {
  if (row.input_tokens === null || row.output_tokens === null) return undefined;
  return {
    inputTokens: row.input_tokens,
    outputTokens: row.output_tokens,
    reasoningTokens: fromNull(row.reasoning_tokens),
    cachedInputTokens: fromNull(row.cached_input_tokens),
    isEstimated: row.is_usage_estimated === null ? undefined : fromFlag(row.is_usage_estimated),
  };
}

function costFromRow(row: Row): Cost | undefined {
  if (row.cost_amount === null || row.cost_currency === null || row.is_cost_estimated === null) return undefined;
  return { amount: row.cost_amount, currency: row.cost_currency, isEstimated: fromFlag(row.is_cost_estimated) };
}

const fromRow = (row: Row): UsageRecord => ({
  id: row.id,
  runId: fromNull(row.run_id),
  ownerId: row.owner_id,
  workspaceId: fromNull(row.workspace_id),
  providerId: fromNull(row.provider_id),
  provider: row.provider,
  model: row.model,
  attempt: row.attempt,
  outcome: row.outcome,
  errorCode: fromNull(row.error_code),
  usage: usageFromRow(row),
  cost: costFromRow(row),
  queueMs: row.queue_ms,
  firstTokenMs: fromNull(row.first_token_ms),
  totalMs: row.total_ms,
  createdAt: row.created_at,
});

const usageColumns = (usage: Usage | undefined) => ({
  input_tokens: toNull(usage?.inputTokens),
  output_tokens: toNull(usage?.outputTokens),
  reasoning_tokens: toNull(usage?.reasoningTokens),
  cached_input_tokens: toNull(usage?.cachedInputTokens),
  is_usage_estimated: usage?.isEstimated === undefined ? null : toFlag(usage.isEstimated),
});

const costColumns = (cost: Cost | undefined) => ({
  cost_amount: toNull(cost?.amount),
  cost_currency: toNull(cost?.currency),
  is_cost_estimated: cost === undefined ? null : toFlag(cost.isEstimated),
});

const toRow = (record: UsageRecord): Row => ({
  id: record.id,
  run_id: toNull(record.runId),
  owner_id: record.ownerId,
  workspace_id: toNull(record.workspaceId),
  provider_id: toNull(record.providerId),
  provider: record.provider,
  model: record.model,
  attempt: record.attempt,
  outcome: record.outcome,
  error_code: toNull(record.errorCode),
  ...usageColumns(record.usage),
  ...costColumns(record.cost),
  queue_ms: record.queueMs,
  first_token_ms: toNull(record.firstTokenMs),
  total_ms: record.totalMs,
  created_at: record.createdAt,
});

export class UsageRepository implements UsageWriter {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async listByRun(runId: RunId): Promise<readonly UsageRecord[]> {
    const rows = await this.#db.selectFrom('usage_records').select(columns).where('run_id', '=', runId).orderBy('attempt').execute();
    return rows.map(fromRow);
  }

  async insert(record: UsageRecord): Promise<void> {
    await this.#db.insertInto('usage_records').values(toRow(record)).execute();
  }
}
