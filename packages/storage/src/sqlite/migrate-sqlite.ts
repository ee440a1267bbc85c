import { randomUUID } from 'node:crypto';
import type { Clock, Logger } from '@multimodel/core';
import type { Migration, MigrationReport } from '../migrations/migration.ts';
import { MigrationError } from '../migrations/migration-error.ts';
import type { MigrationRow } from '../migrations/pending-migrations.ts';
import { pendingMigrations, selectRows } from '../migrations/pending-migrations.ts';
import { toRows } from '../rows.ts';
import { backUp } from './sqlite-backup.ts';
import { SqliteConnection } from './sqlite-connection.ts';

export interface SqliteMigrationOptions {
  readonly path: string;
  readonly migrations: readonly Migration[];
  /** Absent = beside the database; false = no copy, for temporary databases. */
  readonly backupDir?: string | false | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Prisma's own table, so that its tools read the history too. */
const createTable = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
)`;
const insertRow =
  'INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, started_at, applied_steps_count) VALUES (?, ?, ?, ?, ?, 1)';
const userTables =
  "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> '_prisma_migrations' LIMIT 1";

/** Another process may be migrating: it is waited for, synchronously, because nothing is served yet. */
const lockWaitMs = 60_000;

class SqliteMigrator {
  readonly #connection: SqliteConnection;
  readonly #options: SqliteMigrationOptions;

  constructor(connection: SqliteConnection, options: SqliteMigrationOptions) {
    this.#connection = connection;
    this.#options = options;
  }

  run(): MigrationReport {
    const { logger } = this.#options;
    this.#connection.run(createTable);
    const pending = this.#pending();
    if (pending.length === 0) return { applied: [] };
    const backup = this.#backUp();
    const applied: string[] = [];
    // Each turn looks again under the lock: another process may have been faster.
    for (let name = this.#applyNext(); name !== undefined; name = this.#applyNext()) {
      applied.push(name);
      logger.info({ migration: name }, 'Database migration applied');
    }
    return { applied, backup };
  }

  #pending(): readonly Migration[] {
    const rows = toRows<MigrationRow>(this.#connection.run(selectRows).rows);
    return pendingMigrations(this.#options.migrations, rows);
  }

  #backUp(): string | undefined {
    const { backupDir, path, clock, logger } = this.#options;
    if (backupDir === false || this.#connection.run(userTables).rows.length === 0) return undefined;
    const backup = backUp(this.#connection, { databasePath: path, folder: backupDir, now: clock.now() });
    logger.info({ backup }, 'Database copied before its migration');
    return backup;
  }

  #applyNext(): string | undefined {
    this.#connection.run('BEGIN IMMEDIATE');
    try {
      const next = this.#pending()[0];
      if (next) this.#apply(next);
      this.#connection.run('COMMIT');
      return next?.name;
    } catch (error) {
      if (this.#connection.isInTransaction) this.#connection.run('ROLLBACK');
      throw error;
    }
  }

  #apply({ name, sql, checksum }: Migration): void {
    const { clock } = this.#options;
    const startedAt = new Date(clock.now()).toISOString();
    try {
      this.#connection.exec(sql);
      const broken = this.#connection.run('PRAGMA foreign_key_check').rows;
      if (broken.length > 0)
        throw new Error(`${broken.length} rows would point at rows that do not exist: ${JSON.stringify(broken.slice(0, 3))}`);
      this.#connection.run(insertRow, [randomUUID(), checksum, new Date(clock.now()).toISOString(), name, startedAt]);
    } catch (cause) {
      throw new MigrationError('failed', name, cause);
    }
  }
}

export function migrateSqlite(options: SqliteMigrationOptions): MigrationReport {
  // Rebuilding a table needs the checks off, and the switch works only outside a transaction.
  using connection = new SqliteConnection({
    path: options.path,
    pragmas: [`busy_timeout = ${lockWaitMs}`, 'journal_mode = WAL', 'foreign_keys = OFF'],
  });
  return new SqliteMigrator(connection, options).run();
}
