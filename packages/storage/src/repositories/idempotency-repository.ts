import type { IdempotencyRecord, IdempotencyWriter, UserId } from '@multimodel/core';
import type { Kysely } from 'kysely';
import type { Database } from '../generated/database.ts';
import { fromJson, toJson } from './columns.ts';

/** Named one by one: a prepared `select *` fails in running processes when a newer release adds a column. */
const columns = ['owner_id', 'key', 'fingerprint', 'response', 'created_at'] as const;

export class IdempotencyRepository implements IdempotencyWriter {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async find(ownerId: UserId, key: string): Promise<IdempotencyRecord | undefined> {
    const row = await this.#db
      .selectFrom('idempotency_keys')
      .select(columns)
      .where('owner_id', '=', ownerId)
      .where('key', '=', key)
      .executeTakeFirst();
    return (
      row && {
        ownerId: row.owner_id,
        key: row.key,
        fingerprint: row.fingerprint,
        response: fromJson('idempotency_keys.response', row.response),
        createdAt: row.created_at,
      }
    );
  }

  async insert(record: IdempotencyRecord): Promise<boolean> {
    const result = await this.#db
      .insertInto('idempotency_keys')
      .values({
        owner_id: record.ownerId,
        key: record.key,
        fingerprint: record.fingerprint,
        response: toJson(record.response),
        created_at: record.createdAt,
      })
      .onConflict((conflict) => conflict.columns(['owner_id', 'key']).doNothing())
      .executeTakeFirst();
    return result.numInsertedOrUpdatedRows === 1n;
  }

  async deleteOlderThan(createdAt: number): Promise<void> {
    await this.#db.deleteFrom('idempotency_keys').where('created_at', '<', createdAt).execute();
  }
}
