import { closeSync, openSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AppError } from '@multimodel/core';
import type { SqliteConnection } from './sqlite-connection.ts';
import { ensurePrivateFile } from './sqlite-location.ts';

const kept = 3;

export interface BackupRequest {
  readonly databasePath: string;
  readonly folder?: string | undefined;
  readonly now: number;
}

/** Copies the database into `<file>.backup-<time>` and keeps the newest three copies. */
export function backUp(connection: SqliteConnection, { databasePath, folder = dirname(databasePath), now }: BackupRequest): string {
  const prefix = `${basename(databasePath)}.backup-`;
  const path = join(folder, prefix + new Date(now).toISOString().replace(/[-:.]/g, ''));
  try {
    ensurePrivateFile(join(folder, basename(path)));
    // `VACUUM INTO` writes only into a file that is empty or absent; an own empty one keeps the copy private.
    closeSync(openSync(path, 'w', 0o600));
    connection.run('VACUUM INTO ?', [path]);
  } catch (cause) {
    rmSync(path, { force: true });
    const message = `The database could not be copied to ${path} before the update, so nothing was changed: free some space there or set another folder`;
    throw new AppError('storage_unavailable', message, { details: { path }, cause });
  }
  const copies = readdirSync(folder).filter((name) => name.startsWith(prefix));
  copies.sort();
  for (const old of copies.slice(0, -kept)) rmSync(join(folder, old), { force: true });
  return path;
}
