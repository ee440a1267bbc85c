import { createHash } from 'node:crypto';
import type { CompiledQuery, Dialect, Driver, Kysely, QueryResult } from 'kysely';
import { PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import type pg from 'pg';
import type { OnQuery } from '../database-handle.ts';
import { toRows } from '../rows.ts';
import { Session } from '../session.ts';
import { breaksConnection, guardedAsync } from './postgresql-error.ts';

/**
 * Every statement of the repositories has a fixed text, so each is prepared once per connection under a name made of it:
 * the server then parses and plans it once.
 */
class StatementNames {
  readonly #names = new Map<string, string>();

  nameOf(sql: string): string {
    const known = this.#names.get(sql);
    if (known !== undefined) return known;
    const name = `mmc_${createHash('sha256').update(sql).digest('base64url').slice(0, 24)}`;
    this.#names.set(sql, name);
    return name;
  }
}

class PostgresqlSession extends Session {
  readonly #client: pg.PoolClient;
  readonly #names: StatementNames;
  #isBroken = false;

  constructor(client: pg.PoolClient, names: StatementNames, onQuery: OnQuery | undefined) {
    super(onQuery);
    this.#client = client;
    this.#names = names;
  }

  protected override async run<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { rows, rowCount } = await this.#guarded(() =>
      this.#client.query({ name: this.#names.nameOf(query.sql), text: query.sql, values: [...query.parameters] }),
    );
    return { rows: toRows<R>(rows), numAffectedRows: BigInt(rowCount ?? 0) };
  }

  async control(sql: 'BEGIN' | 'COMMIT' | 'ROLLBACK'): Promise<void> {
    await this.#guarded(() => this.#client.query(sql));
  }

  /** A connection that cannot be rolled back must not reach the next user. */
  async rollBack(): Promise<void> {
    try {
      if (!this.#isBroken) await this.control('ROLLBACK');
    } catch {
      this.#isBroken = true;
    }
  }

  release(): void {
    this.end();
    this.#client.release(this.#isBroken);
  }

  async #guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await guardedAsync(work);
    } catch (error) {
      if (breaksConnection(error)) this.#isBroken = true;
      throw error;
    }
  }
}

export interface PostgresqlDialectConfig {
  readonly pool: pg.Pool;
  readonly onQuery?: OnQuery | undefined;
}

class PostgresqlDriver implements Driver {
  readonly #config: PostgresqlDialectConfig;
  readonly #names = new StatementNames();

  constructor(config: PostgresqlDialectConfig) {
    this.#config = config;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<PostgresqlSession> {
    const client = await guardedAsync(() => this.#config.pool.connect());
    return new PostgresqlSession(client, this.#names, this.#config.onQuery);
  }

  beginTransaction(session: PostgresqlSession): Promise<void> {
    return session.control('BEGIN');
  }

  async commitTransaction(session: PostgresqlSession): Promise<void> {
    session.assertCommittable();
    await session.control('COMMIT');
  }

  rollbackTransaction(session: PostgresqlSession): Promise<void> {
    return session.rollBack();
  }

  async releaseConnection(session: PostgresqlSession): Promise<void> {
    session.release();
  }

  async destroy(): Promise<void> {}
}

export const postgresqlDialect = (config: PostgresqlDialectConfig): Dialect => ({
  createDriver: () => new PostgresqlDriver(config),
  createAdapter: () => new PostgresAdapter(),
  createQueryCompiler: () => new PostgresQueryCompiler(),
  createIntrospector: (db: Kysely<unknown>) => new PostgresIntrospector(db),
});
