import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export const dialects = ['sqlite', 'postgresql'] as const;
export type SchemaDialect = (typeof dialects)[number];

export interface Schemas {
  readonly sqlite: string;
  readonly postgresql: string;
}

/** Where the files of one storage package lie; tests point it at a copy. */
export interface SchemaPaths {
  readonly models: string;
  readonly types: string;
  schema(dialect: SchemaDialect): string;
  snapshot(dialect: SchemaDialect): string;
  migrations(dialect: SchemaDialect): string;
}

export function schemaPaths(packageRoot: string): SchemaPaths {
  const prisma = join(packageRoot, 'prisma');
  return {
    models: join(prisma, 'models.prisma'),
    types: join(packageRoot, 'src', 'generated', 'database.ts'),
    schema: (dialect) => join(prisma, dialect, 'schema.prisma'),
    snapshot: (dialect) => join(prisma, dialect, 'schema.snapshot.prisma'),
    migrations: (dialect) => join(prisma, dialect, 'migrations'),
  };
}

const header = (dialect: SchemaDialect) => `// Generated from ../models.prisma by scripts/migration.ts. Do not edit.

datasource db {
  provider = "${dialect}"
}

generator kysely {
  provider           = "prisma-kysely"
  output             = "../../src/generated"
  fileName           = "database.ts"
  dbTypeName         = "Database"
  bigIntTypeOverride = "number"
  banner             = "// Generated from prisma/models.prisma by scripts/migration.ts. Do not edit.\\nimport type * as core from '@multimodel/core';"
}

`;

export const renderSchema = (dialect: SchemaDialect, models: string): string => header(dialect) + models.replaceAll('\r\n', '\n');

export async function renderSchemas(paths: SchemaPaths): Promise<Schemas> {
  const models = await readFile(paths.models, 'utf8');
  return { sqlite: renderSchema('sqlite', models), postgresql: renderSchema('postgresql', models) };
}
