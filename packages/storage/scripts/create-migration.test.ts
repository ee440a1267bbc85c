import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { createTestFolder } from '../src/testing/test-database.ts';
import { createMigration } from './create-migration.ts';
import { schemaPaths } from './schema-files.ts';

const packageRoot = fileURLToPath(new URL('..', import.meta.url));
const now = new Date('2030-02-03T04:05:06.789Z');
const timeout = 60_000;

function copyPackage() {
  const folder = createTestFolder();
  onTestFinished(() => folder[Symbol.dispose]());
  cpSync(join(packageRoot, 'prisma'), join(folder.path, 'prisma'), { recursive: true });
  cpSync(join(packageRoot, 'src', 'generated'), join(folder.path, 'src', 'generated'), { recursive: true });
  const paths = schemaPaths(folder.path);
  return {
    root: folder.path,
    paths,
    editModels: (edit: (models: string) => string) => writeFileSync(paths.models, edit(readFileSync(paths.models, 'utf8'))),
    folders: () => ['sqlite', 'postgresql'].map((dialect) => readdirSync(join(folder.path, 'prisma', dialect, 'migrations')).length),
  };
}

const addNickname = (models: string) => models.replace('  name       String\n', '  name       String\n  nickname   String?\n');

test('a change of the models becomes SQL for both databases, schemas, snapshots and types', { timeout }, async () => {
  const { root, paths, editModels } = copyPackage();
  editModels(addNickname);
  const written = await createMigration({ packageRoot: root, name: 'add_nickname', now });
  expect(written).toHaveLength(7);
  const sql = (dialect: 'sqlite' | 'postgresql') =>
    readFileSync(join(paths.migrations(dialect), '20300203040506_add_nickname', 'migration.sql'), 'utf8');
  expect(sql('sqlite')).toBe('-- AlterTable\nALTER TABLE "users" ADD COLUMN "nickname" TEXT;\n');
  expect(sql('postgresql')).toBe('-- AlterTable\nALTER TABLE "users" ADD COLUMN     "nickname" TEXT;\n');
  expect(readFileSync(paths.types, 'utf8')).toContain('nickname: string | null;');
  expect(await createMigration({ packageRoot: root, name: 'again', now })).toEqual([]);
});

test('without a change there is nothing to do', { timeout }, async () => {
  const { root, folders } = copyPackage();
  const before = folders();
  expect(await createMigration({ packageRoot: root, name: 'nothing', now })).toEqual([]);
  expect(folders()).toEqual(before);
});

test.each(['', '../up', 'with space', 'Über', '1st', 'a-b'])('the name %j is refused', async (name) => {
  const { root } = copyPackage();
  await expect(createMigration({ packageRoot: root, name, now })).rejects.toThrow(/name has small letters/);
});

test.each([
  ['a type that does not exist', (models: string) => models.replace('name       String', 'name       Text')],
  ['a type that only one database has', (models: string) => models.replace('name       String', 'name       String[]')],
  ['no Prisma at all', () => 'model {'],
])('models with %s are refused and nothing is written', { timeout }, async (_name, edit) => {
  const { root, editModels, folders, paths } = copyPackage();
  const before = { folders: folders(), schema: readFileSync(paths.schema('sqlite'), 'utf8') };
  editModels(edit);
  await expect(createMigration({ packageRoot: root, name: 'broken', now })).rejects.toThrow(/models\.prisma is not valid/);
  expect({ folders: folders(), schema: readFileSync(paths.schema('sqlite'), 'utf8') }).toEqual(before);
});

test('the command says what is missing, and fails', () => {
  const { status, stderr } = spawnSync(process.execPath, [join(packageRoot, 'scripts', 'migration.ts')], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('npm run db:migration -- ') });
});

test.runIf(process.platform !== 'win32')("Prisma's own migrate command fails instead of doing nothing", () => {
  const stub = join(packageRoot, 'prisma', 'schema-engine-stub.mjs');
  expect(existsSync(stub)).toBe(true);
  const { status, stderr } = spawnSync(stub, ['cli'], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('db:migration') });
});
