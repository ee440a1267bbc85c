import { chmodSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createTestFolder } from '../testing/test-database.ts';
import { SqliteConnection } from './sqlite-connection.ts';

function openConnection(pragmas: readonly string[] = [], statementCacheSize?: number) {
  const folder = createTestFolder();
  const path = join(folder.path, 'chat.db');
  const connection = new SqliteConnection({ path, pragmas, statementCacheSize });
  onTestFinished(() => {
    connection[Symbol.dispose]();
    folder[Symbol.dispose]();
  });
  return { path, connection, folder: folder.path };
}

test('statements are prepared once and the least recently used are forgotten', () => {
  const { connection } = openConnection([], 3);
  for (const sql of ['SELECT 1', 'SELECT 2', 'SELECT 3', 'SELECT 1', 'SELECT 4', 'SELECT 1']) connection.run(sql);
  expect(connection.cachedStatements).toBe(3);
  expect(connection.run('SELECT ? AS x', [5]).rows).toEqual([{ x: 5 }]);
});

test('a prepared statement survives a change of its table', () => {
  const { connection } = openConnection();
  connection.exec('CREATE TABLE t (a INTEGER)');
  connection.run('INSERT INTO t VALUES (?)', [1]);
  expect(connection.run('SELECT * FROM t').rows).toEqual([{ a: 1 }]);
  connection.exec("ALTER TABLE t ADD COLUMN b TEXT DEFAULT 'x'");
  expect(connection.run('SELECT * FROM t').rows).toEqual([{ a: 1, b: 'x' }]);
});

test.runIf(process.platform !== 'win32')('a new database is readable by its owner only', () => {
  const { path, connection } = openConnection(['journal_mode = WAL']);
  connection.exec('CREATE TABLE t (a INTEGER)');
  for (const file of [path, `${path}-wal`, `${path}-shm`]) expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('a database that is locked is unavailable', () => {
  const { path, connection } = openConnection();
  connection.run('BEGIN EXCLUSIVE');
  using other = new SqliteConnection({ path, pragmas: ['busy_timeout = 0'] });
  expect(() => other.run('BEGIN IMMEDIATE')).toThrow(expect.objectContaining({ code: 'storage_unavailable', details: { sqlite: 5 } }));
});

test('a database that may grow no more is unavailable', () => {
  const { connection } = openConnection();
  connection.exec('CREATE TABLE t (a TEXT); PRAGMA max_page_count = 3');
  const fill = () => connection.run('INSERT INTO t VALUES (?)', ['x'.repeat(100_000)]);
  expect(fill).toThrow(expect.objectContaining({ code: 'storage_unavailable', message: expect.stringContaining('full') }));
});

test('a database that may only be read is unavailable for writing', () => {
  const { connection } = openConnection();
  connection.exec('CREATE TABLE t (a TEXT); PRAGMA query_only = ON');
  expect(() => connection.run('INSERT INTO t VALUES (1)')).toThrow(expect.objectContaining({ code: 'storage_unavailable' }));
});

test('a file that is no database, and a damaged one, are unavailable', () => {
  const { folder, path, connection } = openConnection();
  const other = join(folder, 'notes.txt');
  writeFileSync(other, 'x'.repeat(5_000));
  expect(() => new SqliteConnection({ path: other, pragmas: ['journal_mode = WAL'] })).toThrow(
    expect.objectContaining({ code: 'storage_unavailable' }),
  );
  connection.exec('CREATE TABLE t (a TEXT)');
  connection.exec(`INSERT INTO t VALUES ('${'y'.repeat(50_000)}')`);
  connection[Symbol.dispose]();
  writeFileSync(path, Buffer.alloc(4_096, 1), { flag: 'r+', flush: true });
  expect(() => new SqliteConnection({ path, pragmas: ['journal_mode = WAL'] })).toThrow(
    expect.objectContaining({ code: 'storage_unavailable' }),
  );
});

test('a folder where nothing can be made is named', () => {
  const { folder } = openConnection();
  writeFileSync(join(folder, 'file'), '');
  chmodSync(folder, 0o700);
  const path = join(folder, 'file', 'chat.db');
  expect(() => new SqliteConnection({ path, pragmas: [] })).toThrow(
    expect.objectContaining({ code: 'storage_unavailable', message: expect.stringContaining(path) }),
  );
});

test('a fault of ours stays as it is', () => {
  const { connection } = openConnection();
  expect(() => connection.run('SELECT * FROM absent')).toThrow(/no such table/);
  expect(() => connection.run('SELECT * FROM absent')).not.toThrow(expect.objectContaining({ code: 'storage_unavailable' }));
});
