import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { compareLocks, ensureDependencies } from './dependencies.mjs';
import { readStamp } from './source-stamp.mjs';

const wanted = {
  '': { version: '1.0.0' },
  'packages/core': { version: '0.1.0' },
  'node_modules/zod': { version: '4.0.0' },
  'node_modules/vitest': { version: '5.0.0', dev: true },
  'node_modules/other-system': { version: '1.0.0', optional: true },
};

describe('what npm recorded', () => {
  test.each([
    ['a full install', { 'node_modules/zod': { version: '4.0.0' }, 'node_modules/vitest': { version: '5.0.0' } }, 'all'],
    ['an install without tools', { 'node_modules/zod': { version: '4.0.0' } }, 'production'],
    ['an old version', { 'node_modules/zod': { version: '3.0.0' }, 'node_modules/vitest': { version: '5.0.0' } }, undefined],
    ['an old tool', { 'node_modules/zod': { version: '4.0.0' }, 'node_modules/vitest': { version: '4.0.0' } }, undefined],
    ['a missing package', { 'node_modules/vitest': { version: '5.0.0' } }, undefined],
  ])('of %s is understood', (_, present, expected) => {
    expect(compareLocks(wanted, present)).toBe(expected);
  });
});

describe('ensureDependencies', () => {
  let root: string;
  const said: string[] = [];
  // A Node that does not exist: whoever tries to install fails.
  const node = { path: '/nowhere/node', major: 24, env: {} };
  const ensure = (mode: 'production' | 'all', major = 24): Promise<void> =>
    ensureDependencies({ root, mode, node: { ...node, major }, say: (line) => said.push(line) });
  const install = (packages: object): void => writeFileSync(join(root, 'node_modules', '.package-lock.json'), JSON.stringify({ packages }));

  beforeEach(() => {
    said.length = 0;
    root = mkdtempSync(join(tmpdir(), 'multimodel-install-'));
    mkdirSync(join(root, 'node_modules'));
    writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: wanted }));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  test('adopts what was installed by hand and does no work the second time', async () => {
    install({ 'node_modules/zod': { version: '4.0.0' }, 'node_modules/vitest': { version: '5.0.0' } });
    await ensure('production');
    const stamp = readStamp(join(root, 'node_modules', '.multimodel-install.json'));
    expect(stamp?.note).toBe('all node 24');
    rmSync(join(root, 'node_modules', '.package-lock.json'));
    await ensure('production');
    await ensure('all');
    expect(said).toEqual([]);
  });

  test('says what it does and how it failed', async () => {
    await expect(ensure('production')).rejects.toThrow(/could not be installed[\s\S]*install\.log/);
    expect(said).toEqual(['Installing packages…']);
  });

  test('a production install does not serve the tests', async () => {
    install({ 'node_modules/zod': { version: '4.0.0' } });
    await ensure('production');
    await expect(ensure('all')).rejects.toThrow('could not be installed');
    expect(said).toEqual(['Installing packages, development tools too…']);
  });
});
