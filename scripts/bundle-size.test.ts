import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bundleVerdict, firstLoad } from './bundle-size.ts';

test('counts what the page loads by itself, once, and nothing that it loads later', () => {
  const dist = mkdtempSync(join(tmpdir(), 'multimodel-dist-'));
  mkdirSync(join(dist, 'assets'));
  const write = (name: string, text: string): void => writeFileSync(join(dist, name), text);
  write(
    'index.html',
    '<script type="module" crossorigin src="/assets/main.js"></script><link rel="modulepreload" href="/assets/vendor.js"><link rel="stylesheet" href="/assets/a.css">',
  );
  write('assets/main.js', 'import{a}from"./vendor.js";import"./side.js";const later=()=>import("./later.js");export{a,later}');
  write('assets/vendor.js', 'export const a=1;');
  write('assets/side.js', 'export{a}from"./vendor.js";');
  write('assets/later.js', 'export const b=1;');
  const names = firstLoad(dist).map(({ path }) => path.replace(/\\/g, '/'));
  expect([...names].sort()).toEqual(['assets/main.js', 'assets/side.js', 'assets/vendor.js']);
  rmSync(dist, { recursive: true });
});

test.each([
  [[{ path: 'a.js', gzipBytes: 200 * 1024 }], true],
  [[{ path: 'a.js', gzipBytes: 200 * 1024 + 1 }], false],
  [[], false],
])('the verdict on %j is %s', (files, expected) => {
  expect(bundleVerdict(files).fits).toBe(expected);
});
