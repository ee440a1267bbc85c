import { afterAll, beforeAll } from 'vitest';
import type { OpenStorage, StorageOptions } from '../open-storage.ts';
import type { OpenTestStorage, TestStorage } from './test-database.ts';

/** One storage for the tests of a group: opening one costs more than most tests. */
export function useStorage(open: OpenTestStorage, options: Partial<StorageOptions> = {}): () => OpenStorage {
  let opened: TestStorage | undefined;
  beforeAll(async () => {
    opened = await open(options);
  });
  afterAll(async () => {
    await opened?.[Symbol.asyncDispose]();
  });
  return () => {
    if (!opened) throw new Error('The storage is open only while tests run');
    return opened.storage;
  };
}
