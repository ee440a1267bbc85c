import type { ProviderId, ProviderRecord, ProviderWriter } from '@multimodel/core';
import type { Kysely, Selectable } from 'kysely';
import type { Database, Provider as ProviderTable } from '../generated/database.ts';
import { fromFlag, fromNull, fromObject, toFlag, toJson, toNull, toText } from './columns.ts';

/** Named one by one: a prepared `select *` fails in running processes when a newer release adds a column. */
const columns = [
  'id',
  'slug',
  'plugin',
  'display_name',
  'settings',
  'sealed_secrets',
  'source',
  'is_enabled',
  'position',
  'created_at',
  'updated_at',
] as const;

const fromRow = (row: Selectable<ProviderTable>): ProviderRecord => ({
  id: row.id,
  slug: row.slug,
  plugin: row.plugin,
  displayName: row.display_name,
  settings: fromObject('providers.settings', row.settings),
  sealedSecrets: fromNull(row.sealed_secrets),
  source: row.source,
  isEnabled: fromFlag(row.is_enabled),
  position: row.position,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

const toRow = (record: ProviderRecord): Selectable<ProviderTable> => ({
  id: record.id,
  slug: record.slug,
  plugin: record.plugin,
  display_name: toText(record.displayName),
  settings: toJson(record.settings),
  sealed_secrets: toNull(record.sealedSecrets),
  source: record.source,
  is_enabled: toFlag(record.isEnabled),
  position: record.position,
  created_at: record.createdAt,
  updated_at: record.updatedAt,
});

export class ProviderRepository implements ProviderWriter {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async findBySlug(slug: string): Promise<ProviderRecord | undefined> {
    const row = await this.#db.selectFrom('providers').select(columns).where('slug', '=', slug).executeTakeFirst();
    return row && fromRow(row);
  }

  async list(): Promise<readonly ProviderRecord[]> {
    const rows = await this.#db.selectFrom('providers').select(columns).orderBy('position').orderBy('id').execute();
    return rows.map(fromRow);
  }

  async save(record: ProviderRecord): Promise<void> {
    const row = toRow(record);
    const { id: _id, slug: _slug, created_at: _createdAt, ...changes } = row;
    await this.#db
      .insertInto('providers')
      .values(row)
      .onConflict((conflict) => conflict.column('slug').doUpdateSet(changes))
      .execute();
  }

  async delete(id: ProviderId): Promise<void> {
    await this.#db.deleteFrom('providers').where('id', '=', id).execute();
  }
}
