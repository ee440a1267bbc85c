import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory, SqlQuery, SqlResultSet } from '@prisma/driver-adapter-utils';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import type { DiagnoseMigrationHistoryOutput } from '@prisma/schema-engine-wasm';
import { SchemaEngine } from '@prisma/schema-engine-wasm';
import { describe, expect, test } from 'vitest';
import { loadMigrations, migrationsFolder } from '../src/migrations/migration.ts';
import { openStorage } from '../src/open-storage.ts';
import { SqliteConnection } from '../src/sqlite/sqlite-connection.ts';
import {
  createTestDatabase,
  createTestFolder,
  postgresServerUrl,
  postgresTitle,
  storageOptions,
  withPostgres,
} from '../src/testing/test-database.ts';
import type { SchemaDialect } from './schema-files.ts';
import { schemaPaths } from './schema-files.ts';

type Row = Readonly<Record<string, unknown>>;
type Query = (sql: string, values: readonly unknown[]) => Promise<readonly Row[]>;

const columnType = (value: unknown) => {
  if (typeof value === 'number') return ColumnTypeEnum.Int32;
  if (typeof value === 'boolean') return ColumnTypeEnum.Boolean;
  return value instanceof Date || /^\d{4}-\d\d-\d\dT/.test(String(value)) ? ColumnTypeEnum.DateTime : ColumnTypeEnum.Text;
};
const toWire = (value: unknown) => (value instanceof Date ? value.toISOString() : value);

function toResultSet(rows: readonly Row[]): SqlResultSet {
  const columnNames = Object.keys(rows[0] ?? {});
  const firstValue = (name: string) => rows.map((row) => row[name]).find((value) => value !== null);
  return {
    columnNames,
    columnTypes: columnNames.map((name) => columnType(firstValue(name))),
    rows: rows.map((row) => columnNames.map((name) => toWire(row[name]))),
  };
}

function adapterFor(provider: 'sqlite' | 'postgres', query: Query): SqlMigrationAwareDriverAdapterFactory {
  const refuse = () => Promise.reject(new Error('The judge only reads'));
  const adapter: SqlDriverAdapter = {
    provider,
    adapterName: 'test',
    queryRaw: async ({ sql, args }: SqlQuery) => toResultSet(await query(sql, args)),
    executeRaw: refuse,
    executeScript: refuse,
    startTransaction: refuse,
    getConnectionInfo: () => ({ ...(provider === 'postgres' ? { schemaName: 'public' } : {}), supportsRelationJoins: false }),
    dispose: () => Promise.resolve(),
  };
  return { provider, adapterName: 'test', connect: async () => adapter, connectToShadowDb: refuse };
}

/** Prisma's own engine reads the history of a database that our runner has migrated. */
async function diagnose(dialect: SchemaDialect, query: Query, extra: readonly string[] = []): Promise<DiagnoseMigrationHistoryOutput> {
  const schema = await readFile(schemaPaths(fileURLToPath(new URL('..', import.meta.url))).schema(dialect), 'utf8');
  const migrations = await loadMigrations(migrationsFolder(dialect));
  const all = [...migrations, ...extra.map((name) => ({ name, sql: 'SELECT 1;' }))];
  const factory = bindMigrationAwareSqlAdapterFactory(adapterFor(dialect === 'sqlite' ? 'sqlite' : 'postgres', query));
  const engine = await SchemaEngine.new({ datamodels: [['schema.prisma', schema]] }, () => undefined, factory);
  return engine.diagnoseMigrationHistory({
    migrationsList: {
      baseDir: migrationsFolder(dialect),
      lockfile: { path: 'migration_lock.toml', content: `provider = "${dialect}"` },
      shadowDbInitScript: '',
      migrationDirectories: all.map(({ name, sql }) => ({
        path: name,
        migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
      })),
    },
    optInToShadowDatabase: false,
    filters: { externalTables: [], externalEnums: [] },
  });
}

const inSync = { hasMigrationsTable: true, history: null, editedMigrationNames: [], failedMigrationNames: [] };

test('SQLite: Prisma finds the history of our runner in sync', async () => {
  using folder = createTestFolder();
  const path = join(folder.path, 'chat.db');
  await using storage = await openStorage(storageOptions(`file:${path}`));
  await storage.migrate();
  using connection = new SqliteConnection({ path, pragmas: [] });
  // Rows of a statement are objects of its columns.
  const query: Query = async (sql, values) => connection.run(sql, values).rows as readonly Row[];
  expect(await diagnose('sqlite', query)).toMatchObject(inSync);
  expect(await diagnose('sqlite', query, ['29990101000000_later'])).toMatchObject({
    history: { diagnostic: 'databaseIsBehind', unappliedMigrationNames: ['29990101000000_later'] },
  });
  connection.run("UPDATE _prisma_migrations SET checksum = 'edited' WHERE migration_name LIKE '%_init'");
  expect((await diagnose('sqlite', query)).editedMigrationNames).toHaveLength(1);
});

describe.skipIf(postgresServerUrl === undefined)(postgresTitle, () => {
  test('Prisma finds the history of our runner in sync', async () => {
    await using database = await createTestDatabase();
    await using storage = await openStorage(storageOptions(database.url));
    await storage.migrate();
    await withPostgres(database.url, async (client) => {
      const query: Query = async (sql, values) => (await client.query<Row>(sql, [...values])).rows;
      expect(await diagnose('postgresql', query)).toMatchObject(inSync);
    });
  });
});
