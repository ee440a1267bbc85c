import { setTimeout } from 'node:timers/promises';
import { AppError } from '@multimodel/core';
import type { CompiledQuery, Dialect, Driver, Kysely, QueryResult } from 'kysely';
import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { OnQuery } from '../database-handle.ts';
import { toRows } from '../rows.ts';
import { Session } from '../session.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import { isBusy } from './sqlite-error.ts';
import type { WriteQueue } from './write-queue.ts';

/** Another program may hold the lock for half a second, a backup for example. */
const retryMs = 25;
const mostAttempts = 20;

class SqliteSession extends Session {
  readonly #connection: SqliteConnection;
  readonly leave: () => void;

  constructor(connection: SqliteConnection, leave: () => void, onQuery: OnQuery | undefined) {
    super(onQuery);
    this.#connection = connection;
    this.leave = leave;
  }

  protected override async run<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { rows, changes } = this.#connection.run(query.sql, query.parameters);
    return { rows: toRows<R>(rows), numAffectedRows: BigInt(changes) };
  }
}

export interface SqliteDialectConfig {
  readonly connection: SqliteConnection;
  /** Absent for the connection that only reads. */
  readonly queue?: WriteQueue | undefined;
  readonly onQuery?: OnQuery | undefined;
}

class SqliteDriver implements Driver {
  readonly #config: SqliteDialectConfig;

  constructor(config: SqliteDialectConfig) {
    this.#config = config;
  }

  /** The driver's own waiting would hold up the whole process; ours lets everything else go on. */
  async init(): Promise<void> {
    const { queue, connection } = this.#config;
    if (queue && connection.isOpen) connection.run('PRAGMA busy_timeout = 0');
  }

  async acquireConnection(): Promise<SqliteSession> {
    const { connection, queue, onQuery } = this.#config;
    const leave = queue ? await queue.enter() : () => undefined;
    if (!connection.isOpen) {
      leave();
      throw new AppError('storage_unavailable', 'The database has been closed');
    }
    return new SqliteSession(connection, leave, onQuery);
  }

  /** Takes the write lock at once: a transaction that began with a read could not get it later. */
  async beginTransaction(): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        this.#config.connection.run('BEGIN IMMEDIATE');
        return;
      } catch (error) {
        if (attempt === mostAttempts || !isBusy(error)) throw error;
        await setTimeout(retryMs);
      }
    }
  }

  async commitTransaction(session: SqliteSession): Promise<void> {
    session.assertCommittable();
    this.#config.connection.run('COMMIT');
  }

  async rollbackTransaction(): Promise<void> {
    // A full disk and the like have rolled back already.
    if (this.#config.connection.isInTransaction) this.#config.connection.run('ROLLBACK');
  }

  async releaseConnection(session: SqliteSession): Promise<void> {
    session.end();
    session.leave();
  }

  async destroy(): Promise<void> {}
}

export function sqliteDialect(config: SqliteDialectConfig): Dialect {
  return {
    createDriver: () => new SqliteDriver(config),
    createAdapter: () => new MultiConnectionAdapter(),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db: Kysely<unknown>) => new SqliteIntrospector(db),
  };
}

/** The driver keeps its own order; Kysely's lock would make readers wait for each other. */
class MultiConnectionAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}
