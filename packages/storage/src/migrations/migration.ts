import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StorageDialect } from '../storage-dialect.ts';

export interface Migration {
  readonly name: string;
  readonly sql: string;
  /** As Prisma computes it: SHA-256 of the file, in hex. */
  readonly checksum: string;
}

export interface MigrationReport {
  /** Names, in the order in which they were applied. */
  readonly applied: readonly string[];
  /** Copy of the database as it was before; SQLite only. */
  readonly backup?: string | undefined;
}

/** PostgreSQL only, for `CREATE INDEX CONCURRENTLY`: such a file holds one statement. */
const noTransactionMarker = '-- mmc:no-transaction';
export const runsOutsideTransaction = (migration: Migration): boolean => migration.sql.startsWith(noTransactionMarker);

export const migrationsFolder = (dialect: StorageDialect): string =>
  fileURLToPath(new URL(`../../prisma/${dialect}/migrations/`, import.meta.url));

function toMigration(name: string, text: string): Migration {
  const sql = text.replaceAll('\r\n', '\n');
  return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
}

export async function loadMigrations(folder: string): Promise<readonly Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  names.sort();
  return Promise.all(names.map(async (name) => toMigration(name, await readFile(join(folder, name, 'migration.sql'), 'utf8'))));
}
