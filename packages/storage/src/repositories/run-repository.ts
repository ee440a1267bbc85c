import type { ChatId, Run, RunChunk, RunEvent, RunId, RunWriter } from '@multimodel/core';
import type { Kysely, Selectable } from 'kysely';
import { CompiledQuery } from 'kysely';
import type { Database, Run as RunTable } from '../generated/database.ts';
import type { StorageDialect } from '../storage-dialect.ts';
import { fromNull, fromObject, toJson, toNull } from './columns.ts';

type End = Parameters<RunWriter['finish']>[1];

const activeStates = ['queued', 'running'] as const;

/** Named one by one: a prepared `select *` fails in running processes when a newer release adds a column. */
const columns = [
  'id',
  'chat_id',
  'message_id',
  'owner_id',
  'state',
  'model',
  'settings',
  'process_id',
  'last_seq',
  'created_at',
  'finished_at',
] as const;

const fromRow = (row: Selectable<RunTable>): Run => ({
  id: row.id,
  chatId: row.chat_id,
  messageId: row.message_id,
  ownerId: row.owner_id,
  state: row.state,
  model: row.model,
  settings: fromObject('runs.settings', row.settings),
  processId: row.process_id,
  lastSeq: row.last_seq,
  createdAt: row.created_at,
  finishedAt: fromNull(row.finished_at),
});

const toRow = (run: Run): Selectable<RunTable> => ({
  id: run.id,
  chat_id: run.chatId,
  message_id: run.messageId,
  owner_id: run.ownerId,
  state: run.state,
  model: run.model,
  settings: toJson(run.settings),
  process_id: run.processId,
  last_seq: run.lastSeq,
  created_at: run.createdAt,
  finished_at: toNull(run.finishedAt),
});

/**
 * The hot path is written by hand: one text, prepared once. A run whose chat was deleted meanwhile has no row; its chunks are
 * left out, so that they do not undo the tick of all other runs.
 */
const appendOne = 'INSERT INTO run_chunks (run_id, last_seq, events) SELECT id, ?2, ?3 FROM runs WHERE id = ?1';
const appendMany =
  'INSERT INTO run_chunks (run_id, last_seq, events) SELECT runs.id, chunk.last_seq, chunk.events ' +
  'FROM unnest($1::text[], $2::int[], $3::text[]) AS chunk (run_id, last_seq, events) JOIN runs ON runs.id = chunk.run_id FOR KEY SHARE OF runs';

interface ChunkRow {
  readonly runId: RunId;
  readonly lastSeq: number;
  readonly events: string;
}

function toChunkRows(chunks: readonly RunChunk[]): readonly ChunkRow[] {
  return chunks.flatMap(({ runId, events }) => {
    const last = events.at(-1);
    return last === undefined ? [] : [{ runId, lastSeq: last.seq, events: toJson(events) }];
  });
}

export class RunRepository implements RunWriter {
  readonly #db: Kysely<Database>;
  readonly #dialect: StorageDialect;

  constructor(db: Kysely<Database>, dialect: StorageDialect) {
    this.#db = db;
    this.#dialect = dialect;
  }

  async findById(id: RunId): Promise<Run | undefined> {
    const row = await this.#db.selectFrom('runs').select(columns).where('id', '=', id).executeTakeFirst();
    return row && fromRow(row);
  }

  async findActiveByChat(chatId: ChatId): Promise<Run | undefined> {
    const row = await this.#db
      .selectFrom('runs')
      .select(columns)
      .where('chat_id', '=', chatId)
      .where('state', 'in', activeStates)
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row && fromRow(row);
  }

  async listOrphans(processId: string, limit: number): Promise<readonly Run[]> {
    const rows = await this.#db
      .selectFrom('runs')
      .select(columns)
      // Both databases guess well how many have no end, and badly how many have one state of six.
      .where('finished_at', 'is', null)
      .where('state', 'in', activeStates)
      .where('process_id', '<>', processId)
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map(fromRow);
  }

  async loadEvents(id: RunId): Promise<readonly RunEvent[]> {
    const rows = await this.#db.selectFrom('run_chunks').select('events').where('run_id', '=', id).orderBy('last_seq').execute();
    return rows.flatMap((row) => fromObject<RunEvent[]>('run_chunks.events', row.events));
  }

  async insert(run: Run): Promise<void> {
    await this.#db.insertInto('runs').values(toRow(run)).execute();
  }

  async markRunning(id: RunId): Promise<void> {
    await this.#db.updateTable('runs').set({ state: 'running' }).where('id', '=', id).where('state', '=', 'queued').execute();
  }

  async appendChunks(chunks: readonly RunChunk[]): Promise<void> {
    const rows = toChunkRows(chunks);
    if (rows.length === 0) return;
    if (this.#dialect === 'postgresql') {
      const columns = [rows.map((row) => row.runId), rows.map((row) => row.lastSeq), rows.map((row) => row.events)];
      await this.#db.executeQuery(CompiledQuery.raw(appendMany, columns));
      return;
    }
    for (const row of rows) await this.#db.executeQuery(CompiledQuery.raw(appendOne, [row.runId, row.lastSeq, row.events]));
  }

  async finish(id: RunId, { state, lastSeq, finishedAt }: End): Promise<boolean> {
    const result = await this.#db
      .updateTable('runs')
      .set({ state, last_seq: lastSeq, finished_at: finishedAt })
      .where('id', '=', id)
      .where('state', 'in', activeStates)
      .executeTakeFirst();
    if (result.numUpdatedRows === 0n) return false;
    await this.#db.deleteFrom('run_chunks').where('run_id', '=', id).execute();
    return true;
  }
}
