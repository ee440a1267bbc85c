import { AppError, faultTexts } from '@multimodel/core';

interface SqliteError extends Error {
  readonly errcode: number;
}

const isSqliteError = (error: unknown): error is SqliteError =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number';

const constraintUnique = new Set([1555, 2067, 2579]);
const constraintForeignKey = 787;

/** By primary result code, https://www.sqlite.org/rescode.html */
const unavailable: Readonly<Record<number, string>> = {
  3: 'The database file may not be accessed: check its owner and rights',
  5: 'The database is locked by another program',
  6: 'The database is locked by another program',
  7: 'There is not enough memory for the database',
  8: 'The database file may not be written: check its owner and rights',
  10: 'The disk failed while the database was read or written',
  11: 'The database file is damaged: restore a backup',
  13: 'The disk is full: free some space',
  14: 'The database file could not be opened: check the path and the rights of its folder',
  26: 'The file is not a database: correct the path, or restore a backup',
};

/** Codes for what the caller can act on; anything else is a fault of ours and stays as it is. */
export function toSqliteAppError(error: unknown): unknown {
  if (!isSqliteError(error)) return error;
  const details = { sqlite: error.errcode };
  const message = unavailable[error.errcode & 0xff];
  if (message !== undefined) return new AppError('storage_unavailable', message, { details, cause: error });
  if (constraintUnique.has(error.errcode)) return new AppError('conflict', faultTexts.recordExists, { details, cause: error });
  if (error.errcode === constraintForeignKey) return new AppError('conflict', faultTexts.recordOrphaned, { details, cause: error });
  return error;
}

/** Another program holds the lock. */
export const isBusy = (error: unknown): boolean =>
  error instanceof AppError && isSqliteError(error.cause) && [5, 6].includes(error.cause.errcode & 0xff);

/** Runs synchronous work on a connection and names its failures. */
export function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw toSqliteAppError(error);
  }
}
