import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openStorage } from '../open-storage.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { copyMigrations } from '../testing/migration-folder.ts';
import { runNode } from '../testing/run-node.ts';
import { sampleChat } from '../testing/samples.ts';
import { createTestFolder, storageOptions } from '../testing/test-database.ts';
import { SqliteConnection } from './sqlite-connection.ts';

const later = '29990101000000_later';

function setUp() {
  const folder = createTestFolder();
  const migrations = copyMigrations('sqlite');
  onTestFinished(() => {
    folder[Symbol.dispose]();
    migrations[Symbol.dispose]();
  });
  const path = join(folder.path, 'chat.db');
  const clock = createFakeClock();
  const open = (more = {}) => openStorage(storageOptions(`file:${path}`, { migrationsFolder: migrations.path, clock, ...more }));
  const migrate = async (more = {}) => {
    await using storage = await open(more);
    return storage.migrate();
  };
  const query = (sql: string) => {
    using connection = new SqliteConnection({ path, pragmas: [] });
    return connection.run(sql).rows;
  };
  const backups = () => readdirSync(folder.path).filter((name) => name.includes('.backup-'));
  return { folder: folder.path, path, clock, migrations, open, migrate, query, backups };
}

test('a new database gets all migrations, then none, and no copy is made', async () => {
  const { migrate, query, backups } = setUp();
  const first = await migrate();
  expect(first.applied.length).toBeGreaterThan(0);
  expect(first.backup).toBeUndefined();
  expect(await migrate()).toEqual({ applied: [] });
  expect(backups()).toEqual([]);
  expect(query('SELECT migration_name, applied_steps_count, finished_at IS NOT NULL AS done FROM _prisma_migrations')).toEqual(
    first.applied.map((migration_name) => ({ migration_name, applied_steps_count: 1, done: 1 })),
  );
  expect(query('SELECT id FROM users')).toEqual([{ id: 'local' }]);
});

test('before an update the data are copied, privately', async () => {
  const { migrate, migrations, open, path, clock, folder } = setUp();
  await migrate();
  const chat = sampleChat({ title: 'Kept' });
  await using storage = await open();
  await storage.transact((tx) => tx.chats.insert(chat));
  migrations.write(later, 'DELETE FROM chats; ALTER TABLE chats ADD COLUMN extra TEXT;');
  clock.advance(1_234);
  const { applied, backup } = await storage.migrate();
  expect(applied).toEqual([later]);
  expect(backup).toBe(`${path}.backup-20260101T000001234Z`);
  expect(await storage.read.chats.findById(chat.id)).toBeUndefined();
  using copy = new SqliteConnection({ path: backup ?? folder, pragmas: [] });
  expect(copy.run('SELECT title FROM chats').rows).toEqual([{ title: 'Kept' }]);
  if (process.platform !== 'win32') expect(statSync(backup ?? folder).mode & 0o777).toBe(0o600);
});

test('the newest three copies stay, also in a folder of their own', async () => {
  const { migrate, migrations, clock, folder } = setUp();
  const backupDir = join(folder, 'backups');
  mkdirSync(backupDir);
  await migrate({ backupDir });
  for (let turn = 1; turn <= 5; turn += 1) {
    clock.advance(1_000);
    migrations.write(`${later}_${turn}`, `ALTER TABLE chats ADD COLUMN extra_${turn} TEXT;`);
    await migrate({ backupDir });
  }
  expect(readdirSync(backupDir)).toEqual(['03', '04', '05'].map((second) => `chat.db.backup-20260101T0000${second}000Z`));
});

test('a copy that cannot be made stops the update', async () => {
  const { migrate, migrations, path, query } = setUp();
  await migrate();
  migrations.write(later, 'ALTER TABLE chats ADD COLUMN extra TEXT;');
  await expect(migrate({ backupDir: join(path, 'below-a-file') })).rejects.toMatchObject({
    code: 'storage_unavailable',
    message: expect.stringContaining('copied'),
  });
  expect(query("SELECT name FROM pragma_table_info('chats') WHERE name = 'extra'")).toEqual([]);
});

test('a migration that fails changes nothing, says why, and may be tried again', async () => {
  const { migrate, migrations, query, backups } = setUp();
  await migrate();
  migrations.write(
    later,
    "ALTER TABLE chats ADD COLUMN extra TEXT; INSERT INTO users VALUES ('two', 'two', 1); INSERT INTO nothing VALUES (1);",
  );
  await expect(migrate()).rejects.toMatchObject({
    code: 'storage_unavailable',
    reason: 'failed',
    details: { migration: later },
    cause: expect.objectContaining({ message: expect.stringContaining('nothing') }),
  });
  expect(query('SELECT id FROM users')).toEqual([{ id: 'local' }]);
  expect(query(`SELECT * FROM _prisma_migrations WHERE migration_name = '${later}'`)).toEqual([]);
  expect(backups()).toHaveLength(1);
  migrations.write(later, 'ALTER TABLE chats ADD COLUMN extra TEXT;');
  expect((await migrate()).applied).toEqual([later]);
});

test('a migration may rebuild a table, but not leave rows that point nowhere', async () => {
  const { migrate, migrations, open, query } = setUp();
  await migrate();
  {
    await using storage = await open();
    await storage.transact((tx) => tx.chats.insert(sampleChat()));
  }
  const rebuild =
    'PRAGMA foreign_keys=OFF; CREATE TABLE new_users (id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, created_at BIGINT NOT NULL);';
  const swap = 'DROP TABLE users; ALTER TABLE new_users RENAME TO users; PRAGMA foreign_keys=ON;';
  migrations.write(later, `${rebuild} ${swap}`);
  await expect(migrate()).rejects.toMatchObject({
    reason: 'failed',
    cause: expect.objectContaining({ message: expect.stringContaining('chats') }),
  });
  expect(query('SELECT id FROM users')).toHaveLength(1);
  migrations.write(later, `${rebuild} INSERT INTO new_users SELECT * FROM users; ${swap}`);
  expect((await migrate()).applied).toEqual([later]);
  expect(query('SELECT count(*) AS n FROM chats')).toEqual([{ n: 1 }]);
});

test('an applied migration that was edited stops the start; line ends do not count', async () => {
  const { migrate, migrations } = setUp();
  migrations.write(later, 'CREATE TABLE extra (a TEXT);\nCREATE TABLE more (a TEXT);\n');
  await migrate();
  migrations.write(later, 'CREATE TABLE extra (a TEXT);\r\nCREATE TABLE more (a TEXT);\r\n');
  expect(await migrate()).toEqual({ applied: [] });
  migrations.write(later, 'CREATE TABLE extra (b TEXT);');
  await expect(migrate()).rejects.toMatchObject({ code: 'storage_unavailable', reason: 'edited', message: expect.stringContaining(later) });
});

test('a database of a newer release stops the start and is left alone', async () => {
  const { migrate, migrations, backups } = setUp();
  migrations.write(later, 'CREATE TABLE extra (a TEXT);');
  await migrate();
  migrations.remove(later);
  await expect(migrate()).rejects.toMatchObject({ reason: 'unknown', message: expect.stringContaining('newer release') });
  expect(backups()).toEqual([]);
});

test('a migration that began and never ended stops the start, until it is marked as rolled back', async () => {
  const { migrate, migrations, query } = setUp();
  await migrate();
  migrations.write(later, 'CREATE TABLE extra (a TEXT);');
  query(`INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('x', 'y', '${later}')`);
  await expect(migrate()).rejects.toMatchObject({ reason: 'unfinished', details: { migration: later } });
  query("UPDATE _prisma_migrations SET rolled_back_at = '2026-01-01' WHERE id = 'x'");
  expect((await migrate()).applied).toEqual([later]);
});

test('of processes that migrate at once, each migration is applied by one', async () => {
  const { path, migrations } = setUp();
  for (let turn = 1; turn <= 4; turn += 1) migrations.write(`${later}_${turn}`, `CREATE TABLE extra_${turn} (a TEXT);`);
  const program = `
    await using storage = await openStorage(options(${JSON.stringify(`file:${path}`)}, { migrationsFolder: ${JSON.stringify(migrations.path)} }));
    print((await storage.migrate()).applied);`;
  const outputs = await Promise.all([runNode(program).output, runNode(program).output]);
  const applied = outputs.flatMap((output): unknown => JSON.parse(output));
  expect(new Set(applied).size).toBe(applied.length);
  expect(applied).toHaveLength(readdirSync(migrations.path, { withFileTypes: true }).filter((entry) => entry.isDirectory()).length);
});

test('a killed migration leaves the database as it was', async () => {
  const { path, migrations, migrate, query } = setUp();
  await migrate();
  migrations.write(
    later,
    'CREATE TABLE extra (a TEXT); WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) INSERT INTO extra SELECT i FROM n;',
  );
  const owner = runNode(`
    const storage = await openStorage(options(${JSON.stringify(`file:${path}`)}, { migrationsFolder: ${JSON.stringify(migrations.path)} }));
    process.stdout.write('begun\\n', () => storage.migrate());`);
  await owner.firstLine;
  await owner.kill();
  migrations.write(later, 'CREATE TABLE extra (a TEXT);');
  expect((await migrate()).applied).toEqual([later]);
  expect(query('SELECT count(*) AS n FROM extra')).toEqual([{ n: 0 }]);
});
