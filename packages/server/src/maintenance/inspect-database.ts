import { constants, existsSync } from 'node:fs';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '@multimodel/core';
import { openStorage, sqlitePath } from '@multimodel/storage';
import type { Config } from '../config/config.ts';
import { systemClock } from '../system-clock.ts';
import { silentLogger } from './migrate-only.ts';

/** `absent`: made at the first start. `in_use`: a running server owns it, which migrated it when it started. */
export interface DatabaseState {
  readonly dialect: 'sqlite' | 'postgresql';
  readonly state: 'absent' | 'ready' | 'in_use' | 'failed';
  /** Names of migrations that the next start applies, where it is `ready`. */
  readonly pending?: readonly string[] | undefined;
  /** Why it failed. */
  readonly message?: string | undefined;
}

const deps = { clock: systemClock, logger: silentLogger };

export async function inspectDatabase({ databaseUrl: url, dataDir }: Pick<Config, 'databaseUrl' | 'dataDir'>): Promise<DatabaseState> {
  const path = sqlitePath(url);
  const dialect = url.startsWith('file:') ? 'sqlite' : 'postgresql';
  if (dialect === 'sqlite' && (path === undefined || !existsSync(path))) return { dialect, state: 'absent' };
  try {
    await using storage = await openStorage({ url, backupDir: join(dataDir, 'backups'), ...deps });
    await storage.ping();
    await storage.acquireInstanceLock();
    const pending = await storage.pendingMigrations();
    // A PostgreSQL database is not copied so lightly.
    if (path !== undefined && pending.length > 0) await rehearse(path);
    return { dialect, state: 'ready', pending };
  } catch (error) {
    if (error instanceof AppError && error.code === 'conflict') return { dialect, state: 'in_use' };
    return { dialect, state: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}

/** Migrates a copy: so a migration that fails is told before it can stop a start. The caller holds the lock. */
async function rehearse(path: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'multimodel-inspect-'));
  try {
    const copy = join(folder, 'copy.db');
    for (const suffix of ['', '-wal']) {
      if (existsSync(path + suffix)) await copyFile(path + suffix, copy + suffix, constants.COPYFILE_FICLONE);
    }
    await using storage = await openStorage({ url: `file:${copy}`, backupDir: folder, ...deps });
    await storage.migrate();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
