import { AppError } from '@multimodel/core';
import type { CompiledQuery, Dialect, Driver, Kysely, QueryResult } from 'kysely';
import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { OnQuery } from '../database-handle.ts';
import { toRows } from '../rows.ts';
import { Session } from '../session.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import type { WriteQueue } from './write-queue.ts';

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

  async init(): Promise<void> {}

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
    this.#config.connection.run('BEGIN IMMEDIATE');
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
