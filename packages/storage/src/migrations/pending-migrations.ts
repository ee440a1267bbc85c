import type { Migration } from './migration.ts';
import { MigrationError } from './migration-error.ts';

/** A row of `_prisma_migrations`, as far as it matters here. */
export interface MigrationRow {
  readonly migration_name: string;
  readonly checksum: string;
  readonly is_finished: number | boolean;
}

/** Rows that were rolled back count as never applied; the caller leaves them out. */
export const selectRows =
  'SELECT migration_name, checksum, finished_at IS NOT NULL AS is_finished FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name';

/** What is still to be applied, by name. Throws when the history is not one that we may continue. */
export function pendingMigrations(known: readonly Migration[], rows: readonly MigrationRow[]): readonly Migration[] {
  const byName = new Map(known.map((migration) => [migration.name, migration]));
  for (const row of rows) {
    const migration = byName.get(row.migration_name);
    if (!row.is_finished) throw new MigrationError('unfinished', row.migration_name);
    if (!migration) throw new MigrationError('unknown', row.migration_name);
    if (migration.checksum !== row.checksum) throw new MigrationError('edited', row.migration_name);
  }
  const applied = new Set(rows.map((row) => row.migration_name));
  return known.filter((migration) => !applied.has(migration.name));
}
