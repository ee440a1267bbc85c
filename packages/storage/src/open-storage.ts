import type { Storage, StorageReader, StorageWriter } from '@multimodel/core';
import { AppError } from '@multimodel/core';
import { sql } from 'kysely';
import type { DatabaseHandle, HandleDeps, InstanceLock } from './database-handle.ts';
import { listPending } from './migrations/list-pending.ts';
import type { MigrationReport } from './migrations/migration.ts';
import { migrationsFolder } from './migrations/migration.ts';
import { createRepositories } from './repositories/create-repositories.ts';
import { SqliteHandle } from './sqlite/sqlite-handle.ts';
import type { StorageDialect } from './storage-dialect.ts';

export interface StorageOptions extends HandleDeps {
  /** `file:` (a path, or `file::memory:`) or `postgres://`. */
  readonly url: string;
  /** SQLite only. FULL also survives power loss; NORMAL (the default) may then lose the last moments, never consistency. */
  readonly synchronous?: 'NORMAL' | 'FULL' | undefined;
  /** SQLite only: where copies made before a migration go; absent = beside the database. */
  readonly backupDir?: string | undefined;
  /** PostgreSQL only; 10 when absent. */
  readonly poolSize?: number | undefined;
  /** Tests apply their own. */
  readonly migrationsFolder?: string | undefined;
}

/** Tables are there only after `migrate()`; a server first takes the instance lock. */
export interface OpenStorage extends Storage {
  readonly dialect: StorageDialect;
  migrate(): Promise<MigrationReport>;
  /** Names of what `migrate` would apply, without applying it. Throws `MigrationError` where it would refuse to begin. */
  pendingMigrations(): Promise<readonly string[]>;
  /** One small write that changes nothing: throws `storage_unavailable` when writes fail. The tables must be there. */
  probeWrite(): Promise<void>;
  /** Throws `conflict` when another process still owns the database after `waitMs` (0 when absent). */
  acquireInstanceLock(options?: { readonly waitMs?: number | undefined }): Promise<InstanceLock>;
}

function dialectOf(url: string): StorageDialect {
  if (url.startsWith('file:')) return 'sqlite';
  if (/^postgres(?:ql)?:\/\//.test(url)) return 'postgresql';
  const message = 'The database address must begin with file: (SQLite) or postgres:// (PostgreSQL)';
  throw new AppError('validation_failed', message, { details: { fields: [{ path: 'url', message }] } });
}

const folderOf = (options: StorageOptions): string => options.migrationsFolder ?? migrationsFolder(dialectOf(options.url));

async function openHandle(options: StorageOptions): Promise<DatabaseHandle> {
  const { url, clock, logger, onQuery } = options;
  const dialect = dialectOf(url);
  const folder = folderOf(options);
  const deps = { clock, logger, onQuery };
  if (dialect === 'sqlite') {
    return new SqliteHandle(
      { url, synchronous: options.synchronous ?? 'NORMAL', backupDir: options.backupDir, migrationsFolder: folder },
      deps,
    );
  }
  // Loaded only where it is used: most instances never need the driver.
  const { PostgresqlHandle } = await import('./postgresql/postgresql-handle.ts');
  return PostgresqlHandle.open({ url, poolSize: options.poolSize, migrationsFolder: folder }, deps);
}

/** A row that is always there, in both databases; of no name that Kysely's types know. */
const touchMigration = sql`UPDATE _prisma_migrations SET logs = logs WHERE id IN (SELECT id FROM _prisma_migrations LIMIT 1)`;

class RepositoryStorage implements OpenStorage {
  readonly dialect: StorageDialect;
  readonly read: StorageReader;
  readonly #handle: DatabaseHandle;
  readonly #migrationsFolder: string;
  readonly #locks: InstanceLock[] = [];

  constructor(handle: DatabaseHandle, folder: string) {
    this.#handle = handle;
    this.#migrationsFolder = folder;
    this.dialect = handle.dialect;
    this.read = createRepositories(handle.reader, { dialect: handle.dialect, isTransaction: false });
  }

  transact<T>(work: (tx: StorageWriter) => Promise<T>): Promise<T> {
    return this.#handle.transact((db) => work(createRepositories(db, { dialect: this.dialect, isTransaction: true })));
  }

  ping(): Promise<void> {
    return this.#handle.ping();
  }

  migrate(): Promise<MigrationReport> {
    return this.#handle.migrate();
  }

  pendingMigrations(): Promise<readonly string[]> {
    return listPending(this.#handle.reader, { dialect: this.dialect, folder: this.#migrationsFolder });
  }

  async probeWrite(): Promise<void> {
    await this.#handle.transact((db) => touchMigration.execute(db));
  }

  async acquireInstanceLock({ waitMs = 0 }: { readonly waitMs?: number | undefined } = {}): Promise<InstanceLock> {
    const lock = await this.#handle.acquireInstanceLock(waitMs);
    this.#locks.push(lock);
    return lock;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#handle[Symbol.asyncDispose]();
    // Last, so that the next owner finds the database at rest.
    for (const lock of this.#locks.splice(0)) await lock[Symbol.asyncDispose]();
  }
}

export async function openStorage(options: StorageOptions): Promise<OpenStorage> {
  return new RepositoryStorage(await openHandle(options), folderOf(options));
}
