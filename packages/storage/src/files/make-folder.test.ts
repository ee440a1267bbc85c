import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createTestFolder } from '../testing/test-database.ts';
import { fileFault } from './file-fault.ts';
import { makeFolder } from './make-folder.ts';

function faultOf(work: () => void): string | undefined {
  try {
    work();
  } catch (error) {
    return fileFault(error);
  }
  return 'nothing was thrown';
}

test('makes what is missing, for the owner only, and is content with what is there', () => {
  using folder = createTestFolder();
  const path = join(folder.path, 'a', 'b');
  makeFolder(path);
  makeFolder(path);
  expect(existsSync(path)).toBe(true);
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o700);
});

test('a file on the way is named as what it is', () => {
  using folder = createTestFolder();
  const file = join(folder.path, 'file');
  writeFileSync(file, '');
  expect(faultOf(() => makeFolder(file))).toBe('a file stands where a folder is needed: correct the path');
  expect(faultOf(() => makeFolder(join(file, 'below')))).toBe('a file stands where a folder is needed: correct the path');
});

test.runIf(process.platform === 'linux').each(['/proc/x', '/proc/x/y/z'])('%s ends at once, although nothing there says no', (path) => {
  expect(faultOf(() => makeFolder(path))).toBe('it is not there and cannot be made: choose another place');
});

test('only errors of the file system are explained, and unknown ones by their code', () => {
  expect(fileFault(new Error('x'))).toBeUndefined();
  expect(fileFault(Object.assign(new Error('x'), { code: 'ENOSPC' }))).toBeUndefined();
  expect(fileFault(Object.assign(new Error('x'), { code: 'ENOSPC', syscall: 'write' }))).toBe('the disk is full: free some space');
  expect(fileFault(Object.assign(new Error('x'), { code: 'EXDEV', syscall: 'link' }))).toBe('the system says EXDEV');
});
