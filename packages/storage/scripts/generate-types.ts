import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SchemaDialect } from './schema-files.ts';
import { schemaPaths } from './schema-files.ts';

const require = createRequire(import.meta.url);
const stub = fileURLToPath(new URL('../prisma/schema-engine-stub.mjs', import.meta.url));

function generate(schemaFile: string): Promise<void> {
  const cli = join(dirname(require.resolve('prisma/package.json')), 'build', 'index.js');
  const bin = join(cli, '..', '..', '..', '.bin');
  const env = {
    ...process.env,
    PATH: `${bin}${delimiter}${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`,
    PRISMA_SCHEMA_ENGINE_BINARY: stub,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
    NO_COLOR: '1',
  };
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, 'generate', '--schema', schemaFile], {
      env,
      cwd: dirname(schemaFile),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (data: Buffer) => {
      output += data.toString();
    });
    child.stderr.on('data', (data: Buffer) => {
      output += data.toString();
    });
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`prisma generate failed (${code}):\n${output}`))));
  });
}

/** The Kysely types of a schema, as text. Nothing is written outside a temporary folder. */
export async function generateTypes(dialect: SchemaDialect, schema: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'multimodel-types-'));
  try {
    const paths = schemaPaths(folder);
    await mkdir(dirname(paths.schema(dialect)), { recursive: true });
    await writeFile(paths.schema(dialect), schema);
    await generate(paths.schema(dialect));
    return `${(await readFile(paths.types, 'utf8')).trimEnd()}\n`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
