import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isFresh, readStamp, sourceFiles, writeStamp } from './source-stamp.mjs';

let folder: string;
let stamp: string;
const file = (name: string): string => join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'multimodel-stamp-'));
  stamp = join(folder, 'made', 'stamp.json');
  writeFileSync(file('one.ts'), 'one');
  writeFileSync(file('two.ts'), 'two');
});
afterEach(() => rmSync(folder, { recursive: true }));

const files = (): string[] => [file('one.ts'), file('two.ts')];

test('without a stamp, or with a broken one, nothing is fresh', () => {
  expect(isFresh(files(), stamp)).toBe(false);
  mkdirSync(file('made'));
  writeFileSync(stamp, '{');
  expect(isFresh(files(), stamp)).toBe(false);
});

test('untouched files are fresh by size and time alone', () => {
  writeStamp(files(), stamp);
  writeFileSync(stamp, JSON.stringify({ ...readStamp(stamp), hash: 'never compared' }));
  expect(isFresh(files(), stamp)).toBe(true);
});

test('a touched file with the same contents is fresh, and cheap to ask again', () => {
  writeStamp(files(), stamp);
  utimesSync(file('one.ts'), 1, 1);
  expect(isFresh(files(), stamp)).toBe(true);
  const before = readFileSync(stamp, 'utf8');
  expect(isFresh(files(), stamp)).toBe(true);
  expect(readFileSync(stamp, 'utf8')).toBe(before);
});

test.each([
  ['changed', () => writeFileSync(file('one.ts'), 'ONE')],
  ['renamed', () => writeFileSync(file('three.ts'), 'two')],
])('a %s file is stale', (kind, change) => {
  writeStamp(files(), stamp);
  change();
  expect(isFresh(kind === 'renamed' ? [file('one.ts'), file('three.ts')] : files(), stamp)).toBe(false);
});

test('another note is stale', () => {
  writeStamp(files(), stamp, 'all node 24');
  expect(isFresh(files(), stamp, 'all node 24')).toBe(true);
  expect(isFresh(files(), stamp, 'all node 26')).toBe(false);
});

test('sources are without what tools make and without tests', () => {
  for (const made of ['node_modules', 'dist', 'paraglide', 'inner']) {
    mkdirSync(file(made));
    writeFileSync(join(file(made), 'file.ts'), '');
  }
  writeFileSync(file('one.test.ts'), '');
  const expected = [join(file('inner'), 'file.ts'), file('one.ts'), file('two.ts')];
  expect(sourceFiles([folder, file('absent')])).toEqual(expected);
});
