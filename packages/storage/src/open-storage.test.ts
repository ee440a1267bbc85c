import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openStorage } from './open-storage.ts';
import { describeStorage } from './testing/describe-storage.ts';
import {
  createTestDatabase,
  createTestFolder,
  openFileStorage,
  openMemoryStorage,
  openPostgresStorage,
  postgresServerUrl,
  postgresTitle,
  storageOptions,
} from './testing/test-database.ts';

describeStorage('SQLite in a file', openFileStorage);
describeStorage('SQLite in memory', openMemoryStorage);
describeStorage(postgresTitle, openPostgresStorage, { isSkipped: postgresServerUrl === undefined });

describe('openStorage', () => {
  test('an address of another database is refused', async () => {
    await expect(openStorage(storageOptions('mysql://localhost'))).rejects.toMatchObject({ code: 'validation_failed' });
  });

  test('a server that is not there is named as such', async () => {
    await expect(openStorage(storageOptions('postgres://nobody@127.0.0.1:1/none'))).rejects.toMatchObject({ code: 'storage_unavailable' });
  });
});

const places = [
  ['SQLite', async () => openNewFile(), false],
  [postgresTitle, async () => createTestDatabase(), postgresServerUrl === undefined],
] as const;

describe.each(places)('pending migrations: %s', (_title, makePlace, isSkipped) => {
  test.skipIf(isSkipped)('are told without applying them', async () => {
    await using place = await makePlace();
    await using storage = await openStorage(storageOptions(place.url));
    const pending = await storage.pendingMigrations();
    expect(pending).not.toEqual([]);
    expect(await storage.pendingMigrations()).toEqual(pending);
    expect((await storage.migrate()).applied).toEqual(pending);
    expect(await storage.pendingMigrations()).toEqual([]);
  });

  test.skipIf(isSkipped)('a history that cannot be continued is refused as a migration would refuse it', async () => {
    await using place = await makePlace();
    await using newer = await openStorage(storageOptions(place.url));
    await newer.migrate();
    using folder = createTestFolder();
    await using older = await openStorage(storageOptions(place.url, { migrationsFolder: folder.path }));
    await expect(older.pendingMigrations()).rejects.toMatchObject({ code: 'storage_unavailable', reason: 'unknown' });
  });
});

function openNewFile() {
  const folder = createTestFolder();
  return { url: `file:${join(folder.path, 'chat.db')}`, [Symbol.asyncDispose]: async () => folder[Symbol.dispose]() };
}
