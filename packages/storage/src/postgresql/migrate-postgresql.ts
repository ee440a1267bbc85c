import { randomUUID } from 'node:crypto';
import type { Clock, Logger } from '@multimodel/core';
import type pg from 'pg';
import type { Migration, MigrationReport } from '../migrations/migration.ts';
import { runsOutsideTransaction } from '../migrations/migration.ts';
import { MigrationError } from '../migrations/migration-error.ts';
import type { MigrationRow } from '../migrations/pending-migrations.ts';
import { pendingMigrations, selectRows } from '../migrations/pending-migrations.ts';

export interface PostgresqlMigrationOptions {
  readonly migrations: readonly Migration[];
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Prisma's own table, so that its tools read the history too. */
const createTable = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                      VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum                VARCHAR(64) NOT NULL,
    finished_at             TIMESTAMPTZ,
    migration_name          VARCHAR(255) NOT NULL,
    logs                    TEXT,
    rolled_back_at          TIMESTAMPTZ,
    started_at              TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count     INTEGER NOT NULL DEFAULT 0
)`;
const insertRow =
  'INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, started_at, applied_steps_count) VALUES ($1, $2, $3, $4, $5, $6)';
const finishRow = 'UPDATE _prisma_migrations SET finished_at = $2, applied_steps_count = 1 WHERE id = $1';

/** The key that Prisma's own tools lock, so that they and we wait for each other. */
const prismaLockKey = 72_707_369;
const lockWait = '60s';

class PostgresqlMigrator {
  readonly #client: pg.ClientBase;
  readonly #options: PostgresqlMigrationOptions;

  constructor(client: pg.ClientBase, options: PostgresqlMigrationOptions) {
    this.#client = client;
    this.#options = options;
  }

  async run(): Promise<MigrationReport> {
    const applied: string[] = [];
    await this.#client.query(createTable);
    const { rows } = await this.#client.query<MigrationRow>(selectRows);
    for (const migration of pendingMigrations(this.#options.migrations, rows)) {
      await this.#apply(migration);
      applied.push(migration.name);
      this.#options.logger.info({ migration: migration.name }, 'Database migration applied');
    }
    return { applied };
  }

  #apply(migration: Migration): Promise<void> {
    return runsOutsideTransaction(migration) ? this.#applyOutsideTransaction(migration) : this.#applyInTransaction(migration);
  }

  async #applyInTransaction({ name, sql, checksum }: Migration): Promise<void> {
    const startedAt = this.#now();
    try {
      await this.#client.query('BEGIN');
      await this.#client.query(sql);
      await this.#client.query(insertRow, [randomUUID(), checksum, this.#now(), name, startedAt, 1]);
      await this.#client.query('COMMIT');
    } catch (cause) {
      await this.#client.query('ROLLBACK').catch(() => undefined);
      throw new MigrationError('failed', name, cause);
    }
  }

  /** Nothing undoes such a migration: its row stays unfinished, and the next start stops there. */
  async #applyOutsideTransaction({ name, sql, checksum }: Migration): Promise<void> {
    const id = randomUUID();
    await this.#client.query(insertRow, [id, checksum, null, name, this.#now(), 0]);
    try {
      await this.#client.query(sql);
    } catch (cause) {
      throw new MigrationError('unfinished', name, cause);
    }
    await this.#client.query(finishRow, [id, this.#now()]);
  }

  #now(): Date {
    return new Date(this.#options.clock.now());
  }
}

/** `client` is used by nobody else meanwhile. */
export async function migratePostgresql(client: pg.ClientBase, options: PostgresqlMigrationOptions): Promise<MigrationReport> {
  await client.query(`SET lock_timeout = '${lockWait}'`);
  await client.query('SELECT pg_advisory_lock($1)', [prismaLockKey]);
  await client.query('RESET lock_timeout');
  try {
    return await new PostgresqlMigrator(client, options).run();
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [prismaLockKey]).catch(() => undefined);
  }
}
