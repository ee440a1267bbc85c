import { AppError } from '@multimodel/core';
import { Kysely } from 'kysely';
import pg from 'pg';
import type { DatabaseHandle, HandleDeps, InstanceLock } from '../database-handle.ts';
import type { Database } from '../generated/database.ts';
import type { MigrationReport } from '../migrations/migration.ts';
import { loadMigrations } from '../migrations/migration.ts';
import { waitFor } from '../wait-for.ts';
import { migratePostgresql } from './migrate-postgresql.ts';
import { postgresqlDialect } from './postgresql-dialect.ts';
import { guardedAsync, isRetryable } from './postgresql-error.ts';
import { PostgresqlInstanceLock } from './postgresql-instance-lock.ts';

export interface PostgresqlOptions {
  readonly url: string;
  readonly poolSize?: number | undefined;
  readonly migrationsFolder: string;
}

const defaultPoolSize = 10;
const connectTimeoutMs = 10_000;
const maxAttempts = 3;
/** "mmc" and a number: any two, as long as nobody else in the database uses them. */
const instanceLockKey = '7171427';

/** Times and counters are BIGINT, far below 2^53: numbers as on SQLite. */
const bigIntTypeId = 20;
const types = new pg.TypeOverrides();
types.setTypeParser(bigIntTypeId, Number);

export class PostgresqlHandle implements DatabaseHandle {
  readonly dialect = 'postgresql';
  readonly reader: Kysely<Database>;
  readonly #pool: pg.Pool;
  readonly #options: PostgresqlOptions;
  readonly #deps: HandleDeps;

  private constructor(pool: pg.Pool, options: PostgresqlOptions, deps: HandleDeps) {
    this.#pool = pool;
    this.#options = options;
    this.#deps = deps;
    this.reader = new Kysely({ dialect: postgresqlDialect({ pool, onQuery: deps.onQuery }) });
  }

  static async open(options: PostgresqlOptions, deps: HandleDeps): Promise<PostgresqlHandle> {
    const pool = new pg.Pool({ ...clientConfig(options.url), max: options.poolSize ?? defaultPoolSize });
    const { logger } = deps;
    // Without listeners a connection that the server closes would end the process.
    const warn = (error: Error) => logger.warn({ error: error.message }, 'A PostgreSQL connection was lost');
    pool.on('error', warn);
    pool.on('connect', (client) => client.on('error', warn));
    const handle = new PostgresqlHandle(pool, options, deps);
    try {
      await handle.ping();
    } catch (error) {
      await pool.end();
      throw error;
    }
    return handle;
  }

  /** The work is done again when the server chose this transaction as the victim of a deadlock. */
  async transact<T>(work: (db: Kysely<Database>) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.reader.transaction().execute(work);
      } catch (error) {
        if (attempt === maxAttempts || !isRetryable(error)) throw error;
        this.#deps.logger.info({ attempt }, 'A transaction is done again after a conflict with another one');
      }
    }
  }

  async ping(): Promise<void> {
    await guardedAsync(() => this.#pool.query('SELECT 1'));
  }

  async migrate(): Promise<MigrationReport> {
    const { clock, logger } = this.#deps;
    const migrations = await loadMigrations(this.#options.migrationsFolder);
    return guardedAsync(async () => {
      const client = await this.#connect();
      try {
        return await migratePostgresql(client, { migrations, clock, logger });
      } finally {
        await client.end();
      }
    });
  }

  async acquireInstanceLock(waitMs: number): Promise<InstanceLock> {
    return guardedAsync(async () => {
      const client = await this.#connect();
      const { clock, logger } = this.#deps;
      const attempt = async () => ((await tryLock(client)) ? client : undefined);
      const locked = await waitFor({ clock, waitMs, attempt });
      if (locked) return new PostgresqlInstanceLock(locked, { clock, logger, connect: () => this.#connect(), tryLock });
      await client.end();
      throw new AppError(
        'conflict',
        'Another server already uses this PostgreSQL database: stop it first, or give this one a database of its own',
      );
    });
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client(clientConfig(this.#options.url));
    client.on('error', (error) =>
      this.#deps.logger.error({ error: error.message }, 'The PostgreSQL connection that holds a lock was lost'),
    );
    await client.connect();
    return client;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#pool.ended && !this.#pool.ending) await this.#pool.end();
  }
}

async function tryLock(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1) AS locked', [instanceLockKey]);
  return rows[0]?.locked === true;
}

const clientConfig = (url: string): pg.ClientConfig => ({
  connectionString: url,
  application_name: 'multimodel-chat',
  connectionTimeoutMillis: connectTimeoutMs,
  keepAlive: true,
  types,
});
