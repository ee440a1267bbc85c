import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Database } from '../generated/database.ts';
import type { StorageDialect } from '../storage-dialect.ts';
import { loadMigrations } from './migration.ts';
import { type MigrationRow, pendingMigrations, selectRows } from './pending-migrations.ts';

/** Of no table that Kysely's types know. */
const countHistories = {
  sqlite: sql<{ count: number }>`SELECT count(*) AS count FROM sqlite_schema WHERE name = '_prisma_migrations'`,
  postgresql: sql<{ count: number }>`SELECT count(to_regclass('_prisma_migrations')) AS count`,
} as const satisfies Record<StorageDialect, unknown>;

/** Names of what a migration would apply, without applying it. Throws where it would refuse to begin. */
export async function listPending(
  db: Kysely<Database>,
  { dialect, folder }: { readonly dialect: StorageDialect; readonly folder: string },
): Promise<readonly string[]> {
  const { rows: found } = await countHistories[dialect].execute(db);
  const { rows } = found[0]?.count ? await sql.raw<MigrationRow>(selectRows).execute(db) : { rows: [] };
  return pendingMigrations(await loadMigrations(folder), rows).map(({ name }) => name);
}
