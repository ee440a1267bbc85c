import { describe, expect, onTestFinished, test } from 'vitest';
import { openStorage } from '../open-storage.ts';
import { copyMigrations } from '../testing/migration-folder.ts';
import { runNode } from '../testing/run-node.ts';
import { createTestDatabase, postgresServerUrl, postgresTitle, storageOptions, withPostgres } from '../testing/test-database.ts';

const later = '29990101000000_later';

async function setUp() {
  const database = await createTestDatabase();
  const migrations = copyMigrations('postgresql');
  onTestFinished(async () => {
    migrations[Symbol.dispose]();
    await database[Symbol.asyncDispose]();
  });
  const migrate = async () => {
    await using storage = await openStorage(storageOptions(database.url, { migrationsFolder: migrations.path }));
    return storage.migrate();
  };
  const query = async (sql: string): Promise<readonly unknown[]> =>
    (await withPostgres(database.url, (client) => client.query<Record<string, unknown>>(sql))).rows;
  return { url: database.url, migrations, migrate, query };
}

describe.skipIf(postgresServerUrl === undefined)(`migrations: ${postgresTitle}`, () => {
  test('a new database gets all migrations, then none', async () => {
    const { migrate, query } = await setUp();
    const { applied } = await migrate();
    expect(applied.length).toBeGreaterThan(0);
    expect(await migrate()).toEqual({ applied: [] });
    expect(await query('SELECT migration_name, applied_steps_count, finished_at IS NOT NULL AS done FROM _prisma_migrations')).toEqual(
      applied.map((migration_name) => ({ migration_name, applied_steps_count: 1, done: true })),
    );
    expect(await query('SELECT id FROM users')).toEqual([{ id: 'local' }]);
  });

  test('a migration that fails changes nothing, says why, and may be tried again', async () => {
    const { migrate, migrations, query } = await setUp();
    await migrate();
    migrations.write(
      later,
      "ALTER TABLE chats ADD COLUMN extra TEXT; INSERT INTO users VALUES ('two', 'two', 1); INSERT INTO absent VALUES (1);",
    );
    await expect(migrate()).rejects.toMatchObject({
      code: 'storage_unavailable',
      reason: 'failed',
      details: { migration: later },
      cause: expect.objectContaining({ message: expect.stringContaining('absent') }),
    });
    expect(await query('SELECT id FROM users')).toEqual([{ id: 'local' }]);
    expect(await query(`SELECT * FROM _prisma_migrations WHERE migration_name = '${later}'`)).toEqual([]);
    migrations.write(later, 'ALTER TABLE chats ADD COLUMN extra TEXT;');
    expect((await migrate()).applied).toEqual([later]);
  });

  test('edited, unknown and unfinished migrations stop the start', async () => {
    const { migrate, migrations, query } = await setUp();
    migrations.write(later, 'CREATE TABLE extra (a TEXT);');
    await migrate();
    migrations.write(later, 'CREATE TABLE extra (b TEXT);');
    await expect(migrate()).rejects.toMatchObject({ reason: 'edited' });
    migrations.remove(later);
    await expect(migrate()).rejects.toMatchObject({ reason: 'unknown' });
    await query(`UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '${later}'`);
    await expect(migrate()).rejects.toMatchObject({ reason: 'unfinished' });
  });

  test('a marked migration runs outside a transaction, and stops the next start when it failed', async () => {
    const { migrate, migrations, query } = await setUp();
    migrations.write(later, '-- mmc:no-transaction\nCREATE INDEX CONCURRENTLY extra_idx ON chats (title);');
    expect((await migrate()).applied).toContain(later);
    expect(await query("SELECT indexname FROM pg_indexes WHERE indexname = 'extra_idx'")).toHaveLength(1);
    const broken = `${later}_broken`;
    migrations.write(broken, '-- mmc:no-transaction\nCREATE INDEX CONCURRENTLY other_idx ON chats (absent);');
    await expect(migrate()).rejects.toMatchObject({ reason: 'unfinished', details: { migration: broken } });
    await expect(migrate()).rejects.toMatchObject({ reason: 'unfinished', details: { migration: broken } });
    expect(
      await query(`SELECT applied_steps_count FROM _prisma_migrations WHERE migration_name = '${broken}' AND finished_at IS NULL`),
    ).toEqual([{ applied_steps_count: 0 }]);
  });

  test('of processes that migrate at once, each migration is applied by one', async () => {
    const { url, migrations } = await setUp();
    for (let turn = 1; turn <= 4; turn += 1) migrations.write(`${later}_${turn}`, `CREATE TABLE extra_${turn} (a TEXT);`);
    const program = `
      await using storage = await openStorage(options(${JSON.stringify(url)}, { migrationsFolder: ${JSON.stringify(migrations.path)} }));
      print((await storage.migrate()).applied);`;
    const outputs = await Promise.all([runNode(program).output, runNode(program).output]);
    const applied = outputs.flatMap((output): unknown => JSON.parse(output));
    expect(new Set(applied).size).toBe(applied.length);
    expect(applied.length).toBeGreaterThan(4);
  });
});
