import { AppError } from '@multimodel/core';
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import type { OnQuery } from './database-handle.ts';
import { kindOf } from './database-handle.ts';

/**
 * A connection as Kysely sees it, made anew for each loan: once it is given back, a statement that somebody forgot to await
 * fails here instead of landing in another transaction.
 */
export abstract class Session implements DatabaseConnection {
  #hasEnded = false;
  #failure: unknown;
  readonly #onQuery: OnQuery | undefined;

  constructor(onQuery: OnQuery | undefined) {
    this.#onQuery = onQuery;
  }

  protected abstract run<R>(query: CompiledQuery): Promise<QueryResult<R>>;

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#hasEnded) throw new AppError('internal', 'A statement was sent through a transaction that has ended');
    this.#onQuery?.({ sql: query.sql, parameters: query.parameters, kind: kindOf(query.sql) });
    try {
      return await this.run<R>(query);
    } catch (error) {
      this.#failure ??= error;
      throw error;
    }
  }

  streamQuery(): never {
    throw new AppError('internal', 'Rows are never streamed here');
  }

  /** PostgreSQL refuses to commit after a failed statement; both databases behave so here. */
  assertCommittable(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  end(): void {
    this.#hasEnded = true;
  }
}
