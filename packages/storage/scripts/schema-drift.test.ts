import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { openStorage } from '../src/open-storage.ts';
import { SqliteConnection } from '../src/sqlite/sqlite-connection.ts';
import { postgresqlCatalogue, sqliteCatalogue } from '../src/testing/catalogue.ts';
import {
  createTestDatabase,
  createTestFolder,
  postgresServerUrl,
  postgresTitle,
  storageOptions,
  withPostgres,
} from '../src/testing/test-database.ts';
import { generateTypes } from './generate-types.ts';
import { diffSchemas } from './schema-diff.ts';
import { dialects, renderSchemas, schemaPaths } from './schema-files.ts';

const paths = schemaPaths(fileURLToPath(new URL('..', import.meta.url)));
const hint = 'run: npm run db:migration -- name';

async function migrate(url: string): Promise<void> {
  await using storage = await openStorage(storageOptions(url));
  await storage.migrate();
}

const emptyToSchema = async (dialect: 'sqlite' | 'postgresql') =>
  (await diffSchemas(dialect, undefined, (await renderSchemas(paths))[dialect])) ?? '';

test.each(dialects)('%s: the schema is what the models say, and a migration was made of it', async (dialect) => {
  const schema = (await renderSchemas(paths))[dialect];
  expect(await readFile(paths.schema(dialect), 'utf8'), hint).toBe(schema);
  expect(await diffSchemas(dialect, await readFile(paths.snapshot(dialect), 'utf8'), schema), hint).toBeUndefined();
});

test.each(dialects)('%s: the types are what its schema yields', { timeout: 60_000 }, async (dialect) => {
  expect(await generateTypes(dialect, (await renderSchemas(paths))[dialect]), hint).toBe(await readFile(paths.types, 'utf8'));
});

test('SQLite: all migrations together make the tables of the schema', async () => {
  using folder = createTestFolder();
  const [migrated, direct] = [join(folder.path, 'migrated.db'), join(folder.path, 'direct.db')];
  await migrate(`file:${migrated}`);
  {
    using connection = new SqliteConnection({ path: direct, pragmas: [] });
    connection.exec(await emptyToSchema('sqlite'));
  }
  expect(sqliteCatalogue(migrated).length).toBeGreaterThan(80);
  expect(sqliteCatalogue(migrated), hint).toEqual(sqliteCatalogue(direct));
});

test('SQLite: every foreign key has an index, so that deleting never scans a table', async () => {
  using folder = createTestFolder();
  const path = join(folder.path, 'chat.db');
  await migrate(`file:${path}`);
  using connection = new SqliteConnection({ path, pragmas: [] });
  const { rows } = connection.run(`
    SELECT t.name AS tbl, f."from" AS col FROM sqlite_schema t JOIN pragma_foreign_key_list(t.name) f
    WHERE t.type = 'table' AND NOT EXISTS (
      SELECT 1 FROM pragma_index_list(t.name) i JOIN pragma_index_info(i.name) c WHERE c.seqno = 0 AND c.name = f."from")`);
  expect(rows).toEqual([]);
});

describe.skipIf(postgresServerUrl === undefined)(postgresTitle, () => {
  test('all migrations together make the tables of the schema', async () => {
    await using migrated = await createTestDatabase();
    await using direct = await createTestDatabase();
    await migrate(migrated.url);
    const sql = await emptyToSchema('postgresql');
    await withPostgres(direct.url, (client) => client.query(`CREATE TABLE _prisma_migrations (id TEXT); ${sql}`));
    const catalogue = await postgresqlCatalogue(migrated.url);
    expect(catalogue.length).toBeGreaterThan(80);
    expect(catalogue, hint).toEqual(await postgresqlCatalogue(direct.url));
  });
});
