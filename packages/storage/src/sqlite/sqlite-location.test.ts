import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { locateSqlite } from './sqlite-location.ts';

test.each([
  ['file:./data/chat.db', resolve('data/chat.db')],
  ['file:data/chat.db?connection_limit=1', resolve('data/chat.db')],
  ['file:/var/lib/chat.db', resolve('/var/lib/chat.db')],
  ['file:///var/lib/my%20chat.db', resolve('/var/lib/my chat.db')],
])('%s is %s', (url, path) => {
  expect(locateSqlite(url)).toMatchObject({ path, isTemporary: false });
});

test('a memory database is a folder of its own that goes away', () => {
  const first = locateSqlite('file::memory:');
  const second = locateSqlite('file::memory:');
  expect(first.path).not.toBe(second.path);
  for (const location of [first, second]) {
    expect(existsSync(dirname(location.path))).toBe(true);
    location.discard();
    expect(existsSync(dirname(location.path))).toBe(false);
  }
});
