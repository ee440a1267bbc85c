import { accessSync, closeSync, constants, mkdtempSync, openSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '@multimodel/core';
import { fileFault } from '../files/file-fault.ts';
import { makeFolder } from '../files/make-folder.ts';

export interface SqliteLocation {
  readonly path: string;
  readonly isTemporary: boolean;
  /** Removes a temporary database; leaves any other alone. */
  discard(): void;
}

/**
 * `file::memory:` is a private folder that goes with the process: SQLite's own memory databases cannot be read
 * beside an open write transaction, so they would behave unlike the real thing.
 */
function temporaryLocation(): SqliteLocation {
  const folder = mkdtempSync(join(tmpdir(), 'multimodel-memory-'));
  return { path: join(folder, 'chat.db'), isTemporary: true, discard: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The file that an address names; undefined for `file::memory:` and for other databases. */
export function sqlitePath(url: string): string | undefined {
  if (!url.startsWith('file:') || url === 'file::memory:') return undefined;
  const withoutQuery = url.split('?', 1)[0] ?? url;
  return withoutQuery.startsWith('file://') ? fileURLToPath(withoutQuery) : resolve(withoutQuery.slice('file:'.length));
}

export function locateSqlite(url: string): SqliteLocation {
  const path = sqlitePath(url);
  return path === undefined ? temporaryLocation() : { path, isTemporary: false, discard: () => undefined };
}

/**
 * Chats are private: a new file is readable by its owner only, and SQLite gives its companions the same rights. One that is there is
 * not opened: closing it would give up every lock that SQLite holds on it in this process, and another program that leaves would then
 * delete the log of writes under the server.
 */
export function ensurePrivateFile(path: string): void {
  try {
    makeFolder(dirname(path));
    if (statSync(path, { throwIfNoEntry: false })?.isFile()) accessSync(path, constants.R_OK | constants.W_OK);
    else closeSync(openSync(path, 'a', 0o600));
  } catch (cause) {
    const why = fileFault(cause) ?? 'check the folder and its rights';
    const message = `The database file ${path} cannot be created or written: ${why}`;
    throw new AppError('storage_unavailable', message, { details: { path }, cause });
  }
}
