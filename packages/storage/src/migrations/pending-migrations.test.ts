import { expect, test } from 'vitest';
import { loadMigrations, migrationsFolder } from './migration.ts';
import { pendingMigrations } from './pending-migrations.ts';

const known = ['1_a', '2_b', '3_c'].map((name) => ({ name, sql: '', checksum: `sum-${name}` }));
const row = (migration_name: string, changes = {}) => ({ migration_name, checksum: `sum-${migration_name}`, is_finished: 1, ...changes });

test('what is missing is pending, in order of names', () => {
  expect(pendingMigrations(known, []).map((migration) => migration.name)).toEqual(['1_a', '2_b', '3_c']);
  expect(pendingMigrations(known, [row('1_a'), row('3_c')]).map((migration) => migration.name)).toEqual(['2_b']);
  expect(
    pendingMigrations(
      known,
      known.map((migration) => row(migration.name)),
    ),
  ).toEqual([]);
});

test.each([
  ['edited', row('2_b', { checksum: 'other' })],
  ['unfinished', row('2_b', { is_finished: 0 })],
  ['unfinished', row('2_b', { is_finished: false })],
  ['unknown', row('4_d')],
])('a history with an %s migration is not continued', (reason, bad) => {
  const refused = expect.objectContaining({ code: 'storage_unavailable', reason, details: { migration: bad.migration_name, reason } });
  expect(() => pendingMigrations(known, [row('1_a'), bad])).toThrow(refused);
});

test('both databases have the same migrations', async () => {
  const names = async (dialect: 'sqlite' | 'postgresql') =>
    (await loadMigrations(migrationsFolder(dialect))).map((migration) => migration.name);
  expect(await names('sqlite')).toEqual(await names('postgresql'));
});
