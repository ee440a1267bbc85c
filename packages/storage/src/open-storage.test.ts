import { describe, expect, test } from 'vitest';
import { openStorage } from './open-storage.ts';
import { describeStorage } from './testing/describe-storage.ts';
import {
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
