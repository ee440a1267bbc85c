import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../compose.ts';
import type { Config } from '../config/config.ts';
import { loadConfig } from '../config/load-config.ts';
import { systemClock } from '../system-clock.ts';
import { createFakePlugins, createFakeVendor } from '../testing/fake-plugin.ts';
import { inspect } from './inspect.ts';
import { migrateOnly, silentLogger } from './migrate-only.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'mmc-maintenance-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

function config(argv: readonly string[] = []): Config {
  return loadConfig({
    argv: ['--data-dir', dataDir, '--public-dir', join(dataDir, 'page'), ...argv],
    env: {},
    readText: () => undefined,
    cwd: dataDir,
    defaultPublicDir: dataDir,
    plugins: createFakePlugins(createFakeVendor()),
  });
}

test('migrating applies everything once and says what', async () => {
  const first = await migrateOnly(config());
  expect(first.applied.length).toBeGreaterThan(0);
  expect(await migrateOnly(config())).toMatchObject({ applied: [] });
});

test('migrating beside a running server is refused', async () => {
  await using storage = await openDatabase({ config: config(), clock: systemClock, logger: silentLogger });
  await storage.acquireInstanceLock();
  await expect(migrateOnly(config())).rejects.toMatchObject({ code: 'conflict' });
  expect((await inspect(config)).database).toEqual({ dialect: 'sqlite', state: 'in_use' });
});

test('a fresh instance: nothing is there yet, and looking makes nothing', async () => {
  const report = await inspect(() => config());
  expect(report).toMatchObject({
    configuration: { ok: true, host: '127.0.0.1', port: 3000, providers: ['demo'] },
    dataDir: { path: dataDir, state: 'ready', secretKeyProblem: undefined },
    database: { dialect: 'sqlite', state: 'absent' },
    page: { isBuilt: false },
  });
  expect(await readdir(dataDir)).toEqual([]);
  const absent = await inspect(() => config(['--data-dir', join(dataDir, 'a', 'b')]));
  expect(absent.dataDir?.state).toBe('absent');
});

test('an existing database tells its pending migrations, and stays as it is', async () => {
  const empty = join(dataDir, 'empty.db');
  await writeFile(empty, '');
  const url = ['--database-url', `file:${empty}`];
  const { database } = await inspect(() => config(url));
  expect(database).toEqual({ dialect: 'sqlite', state: 'ready', pending: expect.arrayContaining([expect.any(String)]) });
  expect((await migrateOnly(config(url))).applied).toEqual(database?.pending);
  expect((await inspect(() => config(url))).database).toEqual({ dialect: 'sqlite', state: 'ready', pending: [] });
});

test('every fault has its place in the report', async () => {
  const file = join(dataDir, 'file');
  await writeFile(file, 'no database, only a text that is long enough to be looked at'.repeat(20));
  expect((await inspect(() => config(['--data-dir', file]))).dataDir).toMatchObject({ state: 'not_a_folder' });
  expect((await inspect(() => config(['--database-url', `file:${file}`]))).database).toMatchObject({
    state: 'failed',
    message: expect.any(String),
  });
  await writeFile(join(dataDir, 'secret.key'), 'x');
  await chmod(join(dataDir, 'secret.key'), 0o644);
  expect((await inspect(config)).dataDir?.secretKeyProblem).toContain('secret.key');
  expect(await inspect(() => config(['--prot', '1']))).toMatchObject({
    configuration: { ok: false, problems: [{ key: '--prot', nearest: '--port' }] },
  });
});
