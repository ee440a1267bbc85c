import type { Chat } from '@multimodel/core';
import { Kysely } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../generated/database.ts';
import { openStorage } from '../open-storage.ts';
import { sampleChat } from '../testing/samples.ts';
import type { TestDatabase } from '../testing/test-database.ts';
import { createTestDatabase, postgresServerUrl, postgresTitle, storageOptions, withPostgres } from '../testing/test-database.ts';
import { postgresqlDialect } from './postgresql-dialect.ts';
import { toPostgresqlAppError } from './postgresql-error.ts';

const asyncDisposable = (value: pg.Pool) => ({ value, [Symbol.asyncDispose]: () => value.end() });

test('faults of the program itself are not taken for faults of the server', () => {
  const fault = new TypeError('x is not a function');
  expect(toPostgresqlAppError(fault)).toBe(fault);
  expect(toPostgresqlAppError(new Error('Connection terminated'))).toMatchObject({ code: 'storage_unavailable' });
});

describe.skipIf(postgresServerUrl === undefined)(`connections: ${postgresTitle}`, () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
    await using storage = await openStorage(storageOptions(database.url));
    await storage.migrate();
  });
  afterAll(() => database[Symbol.asyncDispose]());

  /** Ends all other sessions of the database, as a restart of the server would. */
  const endSessions = () =>
    withPostgres(database.url, (client) =>
      client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()'),
    );

  test('a connection lost in mid-transaction is an unavailable storage, and the next transaction works', async () => {
    await using storage = await openStorage(storageOptions(database.url));
    const chat = sampleChat();
    const work = storage.transact(async (tx) => {
      await tx.chats.insert(chat);
      await endSessions();
      await tx.chats.findById(chat.id);
    });
    await expect(work).rejects.toMatchObject({ code: 'storage_unavailable' });
    await storage.transact((tx) => tx.chats.insert(chat));
    expect(await storage.read.chats.findById(chat.id)).toEqual(chat);
  });

  test('idle connections that the server closed do not end the process', async () => {
    await using storage = await openStorage(storageOptions(database.url));
    await Promise.all(Array.from({ length: 5 }, () => storage.ping()));
    await endSessions();
    await storage.ping().catch(() => undefined);
    await expect(storage.ping()).resolves.toBeUndefined();
  });

  test('the victim of a deadlock does its work again', async () => {
    await using storage = await openStorage(storageOptions(database.url));
    const chats: [Chat, Chat] = [sampleChat({ title: '' }), sampleChat({ title: '' })];
    await storage.transact(async (tx) => {
      for (const chat of chats) await tx.chats.insert(chat);
    });
    let attempts = 0;
    let holders = 0;
    const held = Promise.withResolvers<void>();
    const rename = ([first, second]: typeof chats, letter: string) =>
      storage.transact(async (tx) => {
        attempts += 1;
        const append = async (chat: Chat) => {
          const current = await tx.chats.findById(chat.id);
          await tx.chats.update(chat.id, { title: `${current?.title}${letter}`, updatedAt: 1 });
        };
        await append(first);
        holders += 1;
        if (holders === 2) held.resolve();
        await held.promise;
        await append(second);
      });
    await Promise.all([rename(chats, 'a'), rename([chats[1], chats[0]], 'b')]);
    // On a slow machine the second try may meet the other one's first once more.
    expect(attempts).toBeGreaterThanOrEqual(3);
    const titles = await Promise.all(chats.map(async (chat) => (await storage.read.chats.findById(chat.id))?.title));
    expect(titles.map((title) => title?.split('').toSorted().join(''))).toEqual(['ab', 'ab']);
  });

  test('each text is prepared once on a connection, whatever its parameters', async () => {
    await using pool = asyncDisposable(new pg.Pool({ connectionString: database.url, max: 1 }));
    const db = new Kysely<Database>({ dialect: postgresqlDialect({ pool: pool.value }) });
    for (const slug of ['a', 'b', 'c']) await db.selectFrom('providers').selectAll().where('slug', '=', slug).execute();
    await db.selectFrom('providers').select('id').execute();
    const { rows } = await pool.value.query("SELECT statement FROM pg_prepared_statements WHERE name LIKE 'mmc\\_%' ORDER BY statement");
    expect(rows).toEqual([{ statement: 'select "id" from "providers"' }, { statement: 'select * from "providers" where "slug" = $1' }]);
  });

  test('wrong passwords, missing databases and full servers are told apart', async () => {
    const role = `mmc_limited_${process.pid}`;
    const missing = new URL(database.url);
    missing.pathname = '/absent';
    await expect(openStorage(storageOptions(missing.href))).rejects.toMatchObject({
      code: 'storage_unavailable',
      message: expect.stringContaining('does not exist'),
    });
    await withPostgres(database.url, async (client) => {
      await client.query(`CREATE ROLE ${role} LOGIN PASSWORD 'x' CONNECTION LIMIT 0`);
    });
    const limited = new URL(database.url);
    limited.username = role;
    limited.password = 'x';
    await expect(openStorage(storageOptions(limited.href))).rejects.toMatchObject({
      code: 'storage_unavailable',
      message: expect.stringContaining('no free connections'),
    });
    await withPostgres(database.url, (client) => client.query(`DROP ROLE ${role}`));
  });
});
