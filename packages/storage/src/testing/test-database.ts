import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { OpenStorage, StorageOptions } from '../open-storage.ts';
import { openStorage } from '../open-storage.ts';
import { createFakeClock, silentLogger } from './fake-clock.ts';

/** Superuser address of a running server; without it the PostgreSQL half of the tests is skipped. */
export const postgresServerUrl = process.env.MMC_TEST_POSTGRES_URL;
export const postgresTitle = postgresServerUrl === undefined ? 'PostgreSQL (skipped: MMC_TEST_POSTGRES_URL names no server)' : 'PostgreSQL';

export interface TestDatabase extends AsyncDisposable {
  readonly url: string;
}

export const storageOptions = (url: string, options: Partial<StorageOptions> = {}): StorageOptions => ({
  url,
  clock: createFakeClock(),
  logger: silentLogger,
  ...options,
});

export async function withPostgres<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A database of its own on the test server; dropped with all its connections at the end. */
export async function createTestDatabase(serverUrl: string | undefined = postgresServerUrl): Promise<TestDatabase> {
  if (serverUrl === undefined) throw new Error('MMC_TEST_POSTGRES_URL is not set');
  const name = `mmc_test_${randomUUID().replaceAll('-', '')}`;
  await withPostgres(serverUrl, (client) => client.query(`CREATE DATABASE ${name} TEMPLATE template0`));
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    [Symbol.asyncDispose]: () => withPostgres(serverUrl, async (client) => void (await client.query(`DROP DATABASE ${name} WITH (FORCE)`))),
  };
}

export interface TestFolder extends Disposable {
  readonly path: string;
}

export function createTestFolder(): TestFolder {
  const path = mkdtempSync(join(tmpdir(), 'multimodel-storage-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

export interface TestStorage extends AsyncDisposable {
  readonly storage: OpenStorage;
}
export type OpenTestStorage = (options?: Partial<StorageOptions>) => Promise<TestStorage>;

async function openMigrated(url: string, options: Partial<StorageOptions>, discard: () => Promise<void> | void): Promise<TestStorage> {
  const storage = await openStorage(storageOptions(url, options));
  await storage.migrate();
  return {
    storage,
    [Symbol.asyncDispose]: async () => {
      await storage[Symbol.asyncDispose]();
      await discard();
    },
  };
}

export const openMemoryStorage: OpenTestStorage = (options = {}) => openMigrated('file::memory:', options, () => undefined);

export const openFileStorage: OpenTestStorage = (options = {}) => {
  const folder = createTestFolder();
  return openMigrated(`file:${join(folder.path, 'chat.db')}`, options, () => folder[Symbol.dispose]());
};

export const openPostgresStorage: OpenTestStorage = async (options = {}) => {
  const database = await createTestDatabase();
  return openMigrated(database.url, options, async () => database[Symbol.asyncDispose]());
};
