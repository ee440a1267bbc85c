import { AppError } from '@multimodel/core';
import { Kysely } from 'kysely';
import type { DatabaseHandle, HandleDeps, InstanceLock } from '../database-handle.ts';
import type { Database } from '../generated/database.ts';
import type { MigrationReport } from '../migrations/migration.ts';
import { loadMigrations } from '../migrations/migration.ts';
import { migrateSqlite } from './migrate-sqlite.ts';
import { SqliteConnection } from './sqlite-connection.ts';
import { sqliteDialect } from './sqlite-dialect.ts';
import { lockSqlite } from './sqlite-instance-lock.ts';
import type { SqliteLocation } from './sqlite-location.ts';
import { locateSqlite } from './sqlite-location.ts';
import { WriteQueue } from './write-queue.ts';

export interface SqliteOptions {
  readonly url: string;
  /** FULL also survives power loss, at the price of a disk flush for each transaction. */
  readonly synchronous: 'NORMAL' | 'FULL';
  readonly backupDir?: string | undefined;
  readonly migrationsFolder: string;
}

/** The driver waits synchronously, so everything else in the process waits too: only as long as a backup tool may need. */
const busyTimeoutMs = 500;

const commonPragmas = [`busy_timeout = ${busyTimeoutMs}`, 'journal_mode = WAL', 'cache_size = -16000', 'temp_store = MEMORY'];

export class SqliteHandle implements DatabaseHandle {
  readonly dialect = 'sqlite';
  readonly reader: Kysely<Database>;
  readonly #writer: Kysely<Database>;
  readonly #writeConnection: SqliteConnection;
  readonly #readConnection: SqliteConnection;
  readonly #queue = new WriteQueue();
  readonly #location: SqliteLocation;
  readonly #options: SqliteOptions;
  readonly #deps: HandleDeps;

  constructor(options: SqliteOptions, deps: HandleDeps) {
    this.#options = options;
    this.#deps = deps;
    this.#location = locateSqlite(options.url);
    const { path, isTemporary } = this.#location;
    const synchronous = isTemporary ? 'OFF' : options.synchronous;
    this.#writeConnection = new SqliteConnection({
      path,
      pragmas: [...commonPragmas, `synchronous = ${synchronous}`, 'foreign_keys = ON', 'journal_size_limit = 67108864'],
    });
    this.#readConnection = new SqliteConnection({ path, pragmas: [...commonPragmas, 'query_only = ON'] });
    const { onQuery } = deps;
    this.#writer = new Kysely({ dialect: sqliteDialect({ connection: this.#writeConnection, queue: this.#queue, onQuery }) });
    this.reader = new Kysely({ dialect: sqliteDialect({ connection: this.#readConnection, onQuery }) });
  }

  transact<T>(work: (db: Kysely<Database>) => Promise<T>): Promise<T> {
    return this.#writer.transaction().execute(work);
  }

  async ping(): Promise<void> {
    if (!this.#readConnection.isOpen) throw new AppError('storage_unavailable', 'The database has been closed');
    this.#readConnection.run('SELECT count(*) FROM sqlite_schema');
  }

  async migrate(): Promise<MigrationReport> {
    const { path, isTemporary } = this.#location;
    const { clock, logger } = this.#deps;
    const migrations = await loadMigrations(this.#options.migrationsFolder);
    return migrateSqlite({ path, migrations, backupDir: isTemporary ? false : this.#options.backupDir, clock, logger });
  }

  acquireInstanceLock(waitMs: number): Promise<InstanceLock> {
    return lockSqlite(this.#location.path, this.#deps.clock, waitMs);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const leave = await this.#queue.enter();
    this.#readConnection[Symbol.dispose]();
    this.#writeConnection[Symbol.dispose]();
    this.#location.discard();
    leave();
  }
}
