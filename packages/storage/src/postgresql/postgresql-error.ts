import { AppError, faultTexts, type Localized } from '@multimodel/core';
import pg from 'pg';
import { whyUnreachable } from './why-unreachable.ts';

/** By SQLSTATE, https://www.postgresql.org/docs/current/errcodes-appendix.html */
const byCode: Readonly<Record<string, string>> = {
  '25006': 'The PostgreSQL server is read-only: point the program at the primary',
  '3D000': 'The PostgreSQL database does not exist: create it first, or correct its name',
  '40001': 'Too many programs changed the same data at once: try again',
  '40P01': 'Too many programs changed the same data at once: try again',
  '42501': 'The user may not make or change tables in this PostgreSQL database: let it own the database, or grant it CREATE on the schema',
  '53100': 'The disk of the PostgreSQL server is full: free some space',
  '53300': 'The PostgreSQL server has no free connections: raise max_connections or lower the pool size',
  '55P03': 'Another program holds the lock of the database for too long',
  '57014': 'The PostgreSQL server cancelled a statement that took too long',
};
const byClass: Readonly<Record<string, string>> = {
  '08': 'The connection to the PostgreSQL server was lost',
  '28': 'The PostgreSQL server refused the user name or the password: correct them in the address',
  '53': 'The PostgreSQL server has run out of a resource',
  '57': 'The PostgreSQL server is stopping or was restarted',
  '58': 'The PostgreSQL server has a fault of its disk or system',
  XX: 'The PostgreSQL server has an internal fault',
};
const conflicts: Readonly<Record<string, Localized>> = {
  '23505': faultTexts.recordExists,
  '23503': faultTexts.recordOrphaned,
};
const retryable = new Set(['40001', '40P01']);

function fromServer(error: pg.DatabaseError): unknown {
  const code = error.code ?? '';
  const details = { postgresql: code };
  const unavailable = byCode[code] ?? byClass[code.slice(0, 2)];
  if (unavailable !== undefined) return new AppError('storage_unavailable', unavailable, { details, cause: error });
  const conflict = conflicts[code];
  return conflict === undefined ? error : new AppError('conflict', conflict, { details, cause: error });
}

/** Errors of the driver that do not come from the server carry no reliable code: all of them are about the connection. */
export function toPostgresqlAppError(error: unknown): unknown {
  if (error instanceof AppError || error instanceof TypeError || error instanceof RangeError || !(error instanceof Error)) return error;
  if (error instanceof pg.DatabaseError) return fromServer(error);
  return new AppError('storage_unavailable', whyUnreachable(error), { cause: error });
}

function stateOf(error: AppError): string | undefined {
  const state = error.details['postgresql'];
  return typeof state === 'string' ? state : undefined;
}

export const isRetryable = (error: unknown): boolean => error instanceof AppError && retryable.has(stateOf(error) ?? '');

/** After such an error the connection is of no further use. */
export const breaksConnection = (error: unknown): boolean =>
  error instanceof AppError && error.code === 'storage_unavailable' && /^(?:$|08|57P)/.test(stateOf(error) ?? '');

export async function guardedAsync<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toPostgresqlAppError(error);
  }
}
