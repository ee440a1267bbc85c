import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runNode } from '../testing/run-node.ts';
import { createTestFolder } from '../testing/test-database.ts';
import { FolderFileStore } from './folder-file-store.ts';

const maxBytes = 1_000_000;
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

async function* pieces(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

async function keep(store: FolderFileStore, ...texts: readonly string[]): Promise<string> {
  await using staged = await store.stage(pieces(...texts), { maxBytes });
  await staged.commit();
  return staged.sha256;
}

async function collect<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const unfinished = (folder: string) => readdirSync(join(folder, 'unfinished'));

test('a content is kept under its hash, once, for the owner only', async () => {
  using folder = createTestFolder();
  const store = new FolderFileStore(join(folder.path, 'files'));
  const hash = await keep(store, 'Hello, ', 'world');
  expect(hash).toBe(hashOf('Hello, world'));
  expect(await keep(store, 'Hello, world')).toBe(hash);
  const path = join(folder.path, 'files', hash.slice(0, 2), hash);
  expect(readFileSync(path, 'utf8')).toBe('Hello, world');
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(await collect(store.list())).toEqual([hash]);
  expect(unfinished(join(folder.path, 'files'))).toEqual([]);
});

test('it is read whole or piece by piece, and is gone when it is deleted', async () => {
  using folder = createTestFolder();
  const store = new FolderFileStore(folder.path);
  const hash = await keep(store, 'x'.repeat(200_000));
  expect(Buffer.concat(await collect(await store.open(hash))).length).toBe(200_000);
  expect((await store.read(hash)).length).toBe(200_000);
  await store.delete(hash);
  await store.delete(hash);
  expect(await collect(store.list())).toEqual([]);
  for (const gone of [hash, hashOf('never'), '../../etc/passwd', '']) {
    await expect(store.open(gone)).rejects.toMatchObject({ code: 'not_found' });
    await expect(store.read(gone)).rejects.toMatchObject({ code: 'not_found' });
  }
});

test('what is staged has its size and its first bytes, and leaves nothing without a commit', async () => {
  using folder = createTestFolder();
  const store = new FolderFileStore(folder.path);
  {
    await using staged = await store.stage(pieces('a'.repeat(60_000), 'b'.repeat(60_000)), { maxBytes });
    expect([staged.size, staged.head.length, Buffer.from(staged.head).indexOf('b')]).toEqual([120_000, 65_536, 60_000]);
    expect(unfinished(folder.path)).toHaveLength(1);
  }
  expect([unfinished(folder.path), await collect(store.list())]).toEqual([[], []]);
});

test('one that is too large or breaks off is refused at once and leaves nothing', async () => {
  using folder = createTestFolder();
  const store = new FolderFileStore(folder.path);
  let given = 0;
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (;;) {
      given += 1;
      yield new Uint8Array(1_000);
    }
  }
  await expect(store.stage(endless(), { maxBytes: 10_000 })).rejects.toMatchObject({
    code: 'payload_too_large',
    details: { limit: 10_000 },
  });
  expect(given).toBe(11);
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield new Uint8Array(10);
    throw new Error('cut');
  }
  await expect(store.stage(broken(), { maxBytes })).rejects.toThrow('cut');
  expect(unfinished(folder.path)).toEqual([]);
});

test('what a crash has left unfinished goes at the next start; other files of the folder are nobody’s', async () => {
  using folder = createTestFolder();
  new FolderFileStore(folder.path);
  writeFileSync(join(folder.path, 'unfinished', 'half'), 'half');
  writeFileSync(join(folder.path, 'readme.txt'), 'not ours');
  const store = new FolderFileStore(folder.path);
  expect(unfinished(folder.path)).toEqual([]);
  expect(existsSync(join(folder.path, 'readme.txt'))).toBe(true);
  expect(await collect(store.list())).toEqual([]);
});

test('a process that is killed in the middle of uploads leaves whole contents only', { timeout: 30_000 }, async () => {
  using folder = createTestFolder();
  const child = runNode(`
    const { FolderFileStore } = await import(${JSON.stringify(new URL('./folder-file-store.ts', import.meta.url).href)});
    const store = new FolderFileStore(${JSON.stringify(folder.path)});
    async function* content(seed) { for (let i = 0; i < 50; i += 1) yield Buffer.alloc(10_000, seed * 31 + i); }
    print('at work');
    for (let seed = 0; ; seed += 1) { await using staged = await store.stage(content(seed), { maxBytes: 1e9 }); await staged.commit(); }
  `);
  await child.firstLine;
  const store = new FolderFileStore(join(folder.path));
  while ((await collect(store.list())).length < 3) await new Promise((resolve) => setImmediate(resolve));
  await child.kill();
  for (const hash of await collect(store.list()))
    expect(
      createHash('sha256')
        .update(await store.read(hash))
        .digest('hex'),
    ).toBe(hash);
});
