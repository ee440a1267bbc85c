import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { generateTypes } from './generate-types.ts';
import { diffSchemas } from './schema-diff.ts';
import type { SchemaPaths, Schemas } from './schema-files.ts';
import { dialects, renderSchemas, schemaPaths } from './schema-files.ts';

export interface MigrationRequest {
  readonly packageRoot: string;
  readonly name: string;
  readonly now: Date;
}

/** Wrong input of the developer: shown without a stack. */
export class MigrationInputError extends Error {}

const nameShape = /^[a-z][a-z0-9_]{0,79}$/;

async function readIfThere(path: string): Promise<string | undefined> {
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  return isThere ? readFile(path, 'utf8') : undefined;
}

async function diffAll(paths: SchemaPaths, schemas: Schemas): Promise<{ sqlite: string | undefined; postgresql: string | undefined }> {
  try {
    return {
      sqlite: await diffSchemas('sqlite', await readIfThere(paths.snapshot('sqlite')), schemas.sqlite),
      postgresql: await diffSchemas('postgresql', await readIfThere(paths.snapshot('postgresql')), schemas.postgresql),
    };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MigrationInputError(`prisma/models.prisma is not valid, nothing was written:\n${reason}`, { cause });
  }
}

async function writeChanged(path: string, text: string): Promise<readonly string[]> {
  if ((await readIfThere(path)) === text) return [];
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  return [path];
}

/** Writes the SQL for both databases, the schemas and the types. Answers which files it wrote. */
export async function createMigration({ packageRoot, name, now }: MigrationRequest): Promise<readonly string[]> {
  if (!nameShape.test(name)) {
    throw new MigrationInputError(
      `A migration's name has small letters, digits and _, and begins with a letter: "${name}" does not. Nothing was written.`,
    );
  }
  const paths = schemaPaths(packageRoot);
  const schemas = await renderSchemas(paths);
  const sql = await diffAll(paths, schemas);
  const types = await generateTypes('sqlite', schemas.sqlite);
  const written = [...(await writeChanged(paths.types, types))];
  const hasChanges = sql.sqlite !== undefined || sql.postgresql !== undefined;
  const folder = `${now.toISOString().replace(/\D/g, '').slice(0, 14)}_${name}`;
  for (const dialect of dialects) {
    written.push(...(await writeChanged(paths.schema(dialect), schemas[dialect])));
    if (!hasChanges) continue;
    const lock = `# Which database these migrations are for\nprovider = "${dialect}"\n`;
    written.push(...(await writeChanged(join(paths.migrations(dialect), 'migration_lock.toml'), lock)));
    written.push(
      ...(await writeChanged(
        join(paths.migrations(dialect), folder, 'migration.sql'),
        sql[dialect] ?? '-- Nothing changes in this database.\n',
      )),
    );
    written.push(...(await writeChanged(paths.snapshot(dialect), schemas[dialect])));
  }
  return written;
}
