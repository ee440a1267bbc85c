import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum, mockMigrationAwareAdapterFactory } from '@prisma/driver-adapter-utils';
import { SchemaEngine } from '@prisma/schema-engine-wasm';
import type { SchemaDialect } from './schema-files.ts';

const unused = () => Promise.reject(new Error('The schema diff must not touch a database'));

/** The engine asks PostgreSQL for its version even when it compares two texts. */
const postgresql: SqlDriverAdapter = {
  provider: 'postgres',
  adapterName: 'none',
  queryRaw: () =>
    Promise.resolve({
      columnNames: ['exists', 'version', 'numeric_version'],
      columnTypes: [ColumnTypeEnum.Boolean, ColumnTypeEnum.Text, ColumnTypeEnum.Int32],
      rows: [[true, 'PostgreSQL 16.0', 160_000]],
    }),
  executeRaw: unused,
  executeScript: unused,
  startTransaction: unused,
  getConnectionInfo: () => ({ schemaName: 'public', supportsRelationJoins: false }),
  dispose: () => Promise.resolve(),
};

function factoryFor(dialect: SchemaDialect): SqlMigrationAwareDriverAdapterFactory {
  if (dialect === 'sqlite') return mockMigrationAwareAdapterFactory('sqlite');
  const connect = () => Promise.resolve(postgresql);
  return { provider: 'postgres', adapterName: 'none', connect, connectToShadowDb: connect };
}

const target = (schema: string | undefined) =>
  schema === undefined
    ? { tag: 'empty' as const }
    : { tag: 'schemaDatamodel' as const, files: [{ path: 'schema.prisma', content: schema }], configDir: '.' };

/** Statements that lead from one Prisma schema (or from nothing) to another; `undefined` when the tables are the same. */
export async function diffSchemas(dialect: SchemaDialect, from: string | undefined, to: string): Promise<string | undefined> {
  const adapter = bindMigrationAwareSqlAdapterFactory(factoryFor(dialect));
  const engine = await SchemaEngine.new({ datamodels: [['schema.prisma', to]] }, () => undefined, adapter);
  const result = await engine.diff({
    from: target(from),
    to: target(to),
    script: true,
    exitCode: true,
    filters: { externalTables: [], externalEnums: [] },
  });
  // The schema `public` is always there, and naming it would need a right that managed databases do not give.
  const sql = (result.stdout ?? '').replace(/^-- CreateSchema\nCREATE SCHEMA IF NOT EXISTS "public";\n+/m, '').trim();
  return result.exitCode === 0 || sql === '' ? undefined : `${sql}\n`;
}
