import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withLock } from './lock.mjs';

const folder = mkdtempSync(join(tmpdir(), 'multimodel-lock-'));
const path = join(folder, 'inner', 'lock');

test('one after the other, and the lock is gone afterwards', async () => {
  const order: string[] = [];
  const first = withLock(path, {
    work: async () => {
      order.push('first begins');
      await Promise.resolve();
      order.push('first ends');
    },
  });
  await Promise.all([first, withLock(path, { work: async () => void order.push('second'), onWait: () => order.push('second waits') })]);
  expect(order).toEqual(['first begins', 'second waits', 'first ends', 'second']);
  expect(existsSync(path)).toBe(false);
});

test('the lock of a dead process is taken over', async () => {
  writeFileSync(path, '0');
  expect(await withLock(path, { work: async () => 'done' })).toBe('done');
  rmSync(folder, { recursive: true });
});
