import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { QueryInfo } from './database-handle.ts';
import { openStorage } from './open-storage.ts';
import { SqliteConnection } from './sqlite/sqlite-connection.ts';
import { bigDatabaseSql } from './testing/big-database.ts';
import { sendEveryQuery } from './testing/every-query.ts';
import {
  createTestDatabase,
  createTestFolder,
  postgresServerUrl,
  postgresTitle,
  storageOptions,
  withPostgres,
} from './testing/test-database.ts';

/** Tables that stay small: an instance has tens of rows there. */
const smallTables = ['providers', 'users', 'workspaces', 'settings', 'user_settings'];
const timeoutMs = 60_000;

async function collectQueries(url: string, fill: () => Promise<void>): Promise<readonly QueryInfo[]> {
  const queries = new Map<string, QueryInfo>();
  await using storage = await openStorage(storageOptions(url, { onQuery: (info) => queries.set(info.sql, info) }));
  await storage.migrate();
  await fill();
  await sendEveryQuery(storage);
  return [...queries.values()];
}

/** Lists come in the order of their index: sorting would read all rows first. */
const isOrderedList = ({ sql }: QueryInfo) =>
  /order by/i.test(sql) && !/recursive|providers|process_id|usage_records|"state" in/i.test(sql);

test('SQLite: no statement scans a big table, and lists are not sorted', { timeout: timeoutMs }, async () => {
  using folder = createTestFolder();
  const path = join(folder.path, 'chat.db');
  const queries = await collectQueries(`file:${path}`, async () => {
    using connection = new SqliteConnection({ path, pragmas: ['synchronous = OFF'] });
    for (const sql of bigDatabaseSql('sqlite')) connection.exec(sql);
    expect(connection.run('SELECT count(*) AS n FROM messages').rows).toEqual([{ n: 100_000 }]);
  });
  expect(queries.length).toBeGreaterThan(30);
  using connection = new SqliteConnection({ path, pragmas: [] });
  const expectGoodPlan = (query: QueryInfo) => {
    const steps = connection.run(`EXPLAIN QUERY PLAN ${query.sql}`, query.parameters).rows.map((row) => Object(row).detail as string);
    const scans = steps.filter(
      (step) => /^SCAN (?!branch|CONSTANT)/.test(step) && !smallTables.some((table) => step.startsWith(`SCAN ${table}`)),
    );
    expect.soft(scans, query.sql).toEqual([]);
    if (isOrderedList(query))
      expect
        .soft(
          steps.filter((step) => step.includes('TEMP B-TREE')),
          query.sql,
        )
        .toEqual([]);
  };
  // Nobody analyses the tables of a small instance, but an administrator may.
  queries.forEach(expectGoodPlan);
  connection.exec('ANALYZE');
  queries.forEach(expectGoodPlan);
});

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Plans?: readonly PlanNode[];
}

function flatten(node: PlanNode): readonly PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(flatten)];
}

/** An index that is walked from end to end is a scan too. */
function isScan(node: PlanNode): boolean {
  if (smallTables.includes(node['Relation Name'] ?? '')) return false;
  return node['Node Type'] === 'Seq Scan' || (/^Index (?:Only )?Scan/.test(node['Node Type']) && node['Index Cond'] === undefined);
}

describe.skipIf(postgresServerUrl === undefined)(postgresTitle, () => {
  test('no statement scans a big table, and lists are not sorted', { timeout: timeoutMs }, async () => {
    await using database = await createTestDatabase();
    const queries = await collectQueries(database.url, () =>
      withPostgres(database.url, async (client) => {
        for (const sql of bigDatabaseSql('postgresql')) await client.query(sql);
      }),
    );
    expect(queries.length).toBeGreaterThan(30);
    await withPostgres(database.url, async (client) => {
      const explain = async (options: string, sql: string, values: readonly unknown[]) => {
        const { rows } = await client.query<{ 'QUERY PLAN': readonly { readonly Plan: PlanNode }[] }>(
          `EXPLAIN (${options}FORMAT JSON) ${sql}`,
          [...values],
        );
        return flatten(rows[0]?.['QUERY PLAN'][0]?.Plan ?? { 'Node Type': 'none' });
      };
      for (const query of queries) {
        const nodes = [...(await explain('', query.sql, query.parameters)), ...(await explain('GENERIC_PLAN, ', query.sql, []))];
        const scans = nodes.filter(isScan);
        expect.soft(scans, query.sql).toEqual([]);
        if (isOrderedList(query))
          expect
            .soft(
              nodes.filter((node) => node['Node Type'] === 'Sort'),
              query.sql,
            )
            .toEqual([]);
      }
    });
  });
});
