import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadSecretKey } from './secret-key.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mmc-key-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the key file', () => {
  test('is made at the first start for its owner only, and found at the second', async () => {
    const dataDir = join(folder, 'deep', 'data');
    const first = await loadSecretKey({ dataDir });
    expect(first.bytes).toHaveLength(32);
    expect((await stat(join(dataDir, 'secret.key'))).mode & 0o777).toBe(0o600);
    expect(await readdir(dataDir)).toEqual(['secret.key']);
    expect((await loadSecretKey({ dataDir })).bytes).toEqual(first.bytes);
  });

  test('two processes that start together agree on one', async () => {
    const keys = await Promise.all(Array.from({ length: 8 }, () => loadSecretKey({ dataDir: folder })));
    expect(new Set(keys.map(({ bytes }) => Buffer.from(bytes).toString('hex'))).size).toBe(1);
    expect(await readFile(join(folder, 'secret.key'), 'utf8')).toMatch(/^[\w+/]{43}=\n$/);
  });

  test('that others may read stops the start', async () => {
    await loadSecretKey({ dataDir: folder });
    await chmod(join(folder, 'secret.key'), 0o644);
    await expect(loadSecretKey({ dataDir: folder })).rejects.toThrow(/secret\.key.*chmod 600/);
  });

  test('that is damaged stops the start', async () => {
    await writeFile(join(folder, 'secret.key'), 'oops', { mode: 0o600 });
    await expect(loadSecretKey({ dataDir: folder })).rejects.toThrow(/damaged/);
  });
});

test('a key of the environment makes no file and is always the same', async () => {
  const secretKey = 'correct horse battery staple, twice over';
  const [first, second] = [await loadSecretKey({ secretKey, dataDir: folder }), await loadSecretKey({ secretKey, dataDir: folder })];
  expect(first).toEqual(second);
  expect(first.origin).toContain('MMC_SECRET_KEY');
  expect(await readdir(folder)).toEqual([]);
});
