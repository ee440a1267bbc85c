import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createMigration, MigrationInputError } from './create-migration.ts';

const packageRoot = fileURLToPath(new URL('..', import.meta.url));

async function main(): Promise<void> {
  const name = process.argv[2];
  if (name === undefined) throw new MigrationInputError('Say what changes: npm run db:migration -- add_templates');
  const written = await createMigration({ packageRoot, name, now: new Date() });
  if (written.length === 0) {
    process.stdout.write('Nothing to do: prisma/models.prisma describes the tables that the migrations make.\n');
    return;
  }
  for (const path of written) process.stdout.write(`wrote ${relative(process.cwd(), path)}\n`);
  if (!written.some((path) => path.endsWith('.sql'))) return;
  process.stdout.write('Read the SQL before you commit it; data statements may be added by hand until it has been applied anywhere.\n');
}

try {
  await main();
} catch (error) {
  if (!(error instanceof MigrationInputError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
