import type { StorageDialect } from '../storage-dialect.ts';

/** 100,000 messages in 1,000 chats of 100, a run and usage for each answer: enough that a scan is never the better plan. */
const rowNumbers: Readonly<Record<StorageDialect, (count: number) => string>> = {
  sqlite: (count) => `WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${count - 1})`,
  postgresql: (count) => `WITH n (i) AS (SELECT generate_series(0, ${count - 1}))`,
};
const fill: Readonly<Record<StorageDialect, (prefix: string, value: string) => string>> = {
  sqlite: (prefix, value) => `'${prefix}' || printf('%08d', ${value})`,
  postgresql: (prefix, value) => `'${prefix}' || lpad((${value})::text, 8, '0')`,
};

export const bigChat = 'c00000500';
export const bigLeaf = 'm00050099';
export const bigAttachment = 'a00025001';
export const bigContents = ['h00000001', 'h00012345'];
export const bigRun = 'r00025049';

export function bigDatabaseSql(dialect: StorageDialect): readonly string[] {
  const id = fill[dialect];
  const insert = (table: string, count: number, columns: string, values: string) =>
    `INSERT INTO ${table} (${columns}) ${rowNumbers[dialect](count)} SELECT ${values} FROM n`;
  const parent = `CASE WHEN i % 100 = 0 THEN NULL ELSE ${id('m', 'i - 1')} END`;
  return [
    `INSERT INTO providers VALUES ('p1', 'work', 'demo', 'Demo', '{}', NULL, 'user', 1, 1, 1, 1)`,
    insert('chats', 1_000, 'id, owner_id, settings, created_at, updated_at', `${id('c', 'i')}, 'local', '{}', i, i / 3`),
    insert(
      'messages',
      100_000,
      'id, chat_id, parent_id, role, text, state, created_at',
      `${id('m', 'i')}, ${id('c', 'i / 100')}, ${parent}, 'user', 'Hello, this is a message of some length', 'completed', i`,
    ),
    insert(
      'runs',
      50_000,
      'id, chat_id, message_id, owner_id, state, model, settings, process_id, last_seq, created_at, finished_at',
      `${id('r', 'i')}, ${id('c', 'i / 50')}, ${id('m', 'i * 2 + 1')}, 'local', CASE WHEN i % 10000 = 0 THEN 'running' ELSE 'completed' END, 'demo/echo', '{}', 'p1', 1, i, CASE WHEN i % 10000 = 0 THEN NULL ELSE i END`,
    ),
    insert(
      'attachments',
      50_000,
      'id, owner_id, message_id, sha256, name, media_type, size, created_at',
      `${id('a', 'i')}, 'local', CASE WHEN i % 100 = 0 THEN NULL ELSE ${id('m', 'i * 2')} END, ${id('h', 'i / 2')}, 'cat.png', 'image/png', 1, i`,
    ),
    insert('run_chunks', 50_000, 'run_id, last_seq, events', `${id('r', 'i')}, 1, '[]'`),
    insert(
      'usage_records',
      50_000,
      'id, run_id, owner_id, provider, model, attempt, outcome, queue_ms, total_ms, created_at',
      `${id('u', 'i')}, ${id('r', 'i')}, 'local', 'work', 'demo/echo', 1, 'completed', 0, 1, i`,
    ),
    insert('idempotency_keys', 20_000, 'owner_id, key, fingerprint, response, created_at', `'local', ${id('k', 'i')}, 'f', '{}', i`),
    ...(dialect === 'postgresql' ? ['ANALYZE'] : []),
  ];
}
