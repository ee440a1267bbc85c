import type { Clock, Logger } from '@multimodel/core';
import type { Kysely } from 'kysely';
import type { Database } from './generated/database.ts';
import type { MigrationReport } from './migrations/migration.ts';
import type { StorageDialect } from './storage-dialect.ts';

/** One statement of a repository, as the database got it. */
export interface QueryInfo {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  readonly kind: 'read' | 'write';
}
export type OnQuery = (info: QueryInfo) => void;

/** Held by the process that owns the database; the operating system or the server releases it when that process dies. */
export interface InstanceLock extends AsyncDisposable {
  /** False while it is lost, for example with the connection that held it. */
  readonly isHeld: boolean;
}

export interface HandleDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly onQuery?: OnQuery | undefined;
}

/** What each database gives to the repositories. */
export interface DatabaseHandle extends AsyncDisposable {
  readonly dialect: StorageDialect;
  readonly reader: Kysely<Database>;
  transact<T>(work: (db: Kysely<Database>) => Promise<T>): Promise<T>;
  ping(): Promise<void>;
  migrate(): Promise<MigrationReport>;
  acquireInstanceLock(waitMs: number): Promise<InstanceLock>;
}

const readShape = /^\s*(?:select|with)\b/i;
export const kindOf = (sql: string): QueryInfo['kind'] => (readShape.test(sql) ? 'read' : 'write');
