import { existsSync, readdirSync, rmSync } from 'node:fs';
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

function removeUnfinished(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The reason why the copy failed says more than the reason why its remains cannot be removed.
  }
}

function freePath(wanted: string): string {
  let path = wanted;
  for (let number = 2; existsSync(path); number += 1) path = `${wanted}-${number}`;
  return path;
}

/** Copies the database into `<file>.backup-<time>` and keeps the newest three copies. */
export function backUp(connection: SqliteConnection, { databasePath, folder = dirname(databasePath), now }: BackupRequest): string {
  const prefix = `${basename(databasePath)}.backup-`;
  const path = freePath(join(folder, prefix + new Date(now).toISOString().replace(/[-:.]/g, '')));
  try {
    // `VACUUM INTO` also writes into an empty file: ours keeps the copy private.
    ensurePrivateFile(path);
    connection.run('VACUUM INTO ?', [path]);
  } catch (cause) {
    removeUnfinished(path);
    const message = `The database could not be copied to ${path} before the update, so nothing was changed: free some space there or set another folder`;
    throw new AppError('storage_unavailable', message, { details: { path }, cause });
  }
  const copies = readdirSync(folder).filter((name) => name.startsWith(prefix));
  copies.sort();
  for (const old of copies.slice(0, -kept)) rmSync(join(folder, old), { force: true });
  return path;
}
