import type { Clock } from '@multimodel/core';
import { AppError } from '@multimodel/core';
import type { InstanceLock } from '../database-handle.ts';
import { waitFor } from '../wait-for.ts';
import { SqliteConnection } from './sqlite-connection.ts';

function tryLock(path: string): SqliteConnection | undefined {
  const connection = new SqliteConnection({ path, pragmas: ['busy_timeout = 0'] });
  try {
    connection.run('BEGIN EXCLUSIVE');
    return connection;
  } catch (error) {
    connection[Symbol.dispose]();
    if (error instanceof AppError && error.details.sqlite === 5) return undefined;
    throw error;
  }
}

/** A lock of the operating system on `<database>.lock`: it ends with the process, however that ends. */
export async function lockSqlite(databasePath: string, clock: Clock, waitMs: number): Promise<InstanceLock> {
  const connection = await waitFor({ clock, waitMs, attempt: () => tryLock(`${databasePath}.lock`) });
  if (!connection) {
    const message = `Another server already uses the database ${databasePath}: stop it first, or give this one a data folder of its own`;
    throw new AppError('conflict', message, { details: { path: databasePath } });
  }
  return {
    get isHeld() {
      return connection.isOpen;
    },
    [Symbol.asyncDispose]: async () => connection[Symbol.dispose](),
  };
}
