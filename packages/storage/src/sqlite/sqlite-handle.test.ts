import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import type { QueryInfo } from '../database-handle.ts';
import { openStorage } from '../open-storage.ts';
import { runNode } from '../testing/run-node.ts';
import { sampleChat } from '../testing/samples.ts';
import { createTestFolder, openMemoryStorage, storageOptions } from '../testing/test-database.ts';
import { SqliteConnection } from './sqlite-connection.ts';

function makePlace() {
  const folder = createTestFolder();
  const path = join(folder.path, 'chat.db');
  return { path, url: `file:${path}`, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

test('a probe writes and changes nothing; it fails as writes do', async () => {
  using place = makePlace();
  await using storage = await openStorage(storageOptions(place.url));
  await storage.migrate();
  using reader = new SqliteConnection({ path: place.path, pragmas: [] });
  const rows = () => reader.run('SELECT * FROM _prisma_migrations').rows;
  const before = rows();
  await storage.probeWrite();
  expect(rows()).toEqual(before);
  using intruder = new SqliteConnection({ path: place.path, pragmas: [] });
  intruder.run('BEGIN IMMEDIATE');
  await expect(storage.probeWrite()).rejects.toMatchObject({ code: 'storage_unavailable' });
  intruder.run('ROLLBACK');
  await expect(storage.probeWrite()).resolves.toBeUndefined();
});

test('while another program writes, reads go on, writes are refused in time, and work again after it', async () => {
  using place = makePlace();
  await using storage = await openStorage(storageOptions(place.url));
  await storage.migrate();
  const chat = sampleChat();
  await storage.transact((tx) => tx.chats.insert(chat));
  using intruder = new SqliteConnection({ path: place.path, pragmas: [] });
  intruder.run('BEGIN IMMEDIATE');
  await expect(storage.transact((tx) => tx.chats.delete(chat.id))).rejects.toMatchObject({ code: 'storage_unavailable' });
  expect(await storage.read.chats.findById(chat.id)).toEqual(chat);
  intruder.run('ROLLBACK');
  await storage.transact((tx) => tx.chats.delete(chat.id));
  expect(await storage.read.chats.findById(chat.id)).toBeUndefined();
});

test('a write waits for another program while reads go on, and goes through when it has ended', async () => {
  using place = makePlace();
  await using storage = await openStorage(storageOptions(place.url));
  await storage.migrate();
  using intruder = new SqliteConnection({ path: place.path, pragmas: [] });
  intruder.run('BEGIN IMMEDIATE');
  const chat = sampleChat();
  const order: string[] = [];
  const write = storage.transact((tx) => tx.chats.insert(chat)).then(() => order.push('written'));
  expect(await storage.read.chats.findById(chat.id)).toBeUndefined();
  order.push('read');
  intruder.run('ROLLBACK');
  await write;
  expect(order).toEqual(['read', 'written']);
});

test.skipIf(process.platform === 'win32')('a full disk refuses a transaction as a whole, and a smaller one still works', async () => {
  using place = makePlace();
  const program = `
    const storage = await openStorage(options(${JSON.stringify(place.url)}));
    await storage.migrate();
    const chat = (id) => ({ id, ownerId: 'local', settings: {}, createdAt: 1, updatedAt: 1 });
    const insert = (id, text) => storage.transact(async (tx) => {
      await tx.chats.insert(chat(id));
      await tx.messages.insert({ id, chatId: id, role: 'user', text, state: 'completed', createdAt: 1 });
    });
    await insert('before', '');
    const code = await insert('huge', 'x'.repeat(5_000_000)).then(() => 'stored', (error) => error.code);
    await insert('after', '');
    const { items } = await storage.read.chats.listByOwner('local', { limit: 10 });
    print([code, items.map((item) => item.id)]);
    process.exit();`;
  expect(await runNode(program, { maxFileKb: 1_500 }).output).toBe('["storage_unavailable",["before","after"]]');
});

test('what was committed before a kill is there after it', async () => {
  using place = makePlace();
  const writer = runNode(`
    const storage = await openStorage(options(${JSON.stringify(place.url)}));
    await storage.migrate();
    await storage.transact((tx) => tx.chats.insert({ id: 'kept', ownerId: 'local', settings: {}, createdAt: 1, updatedAt: 1 }));
    storage.transact(async (tx) => {
      await tx.chats.insert({ id: 'lost', ownerId: 'local', settings: {}, createdAt: 1, updatedAt: 1 });
      print('committed one');
      await new Promise(() => setInterval(() => {}, 1_000));
    });`);
  expect(await writer.firstLine).toBe('"committed one"');
  await writer.kill();
  await using storage = await openStorage(storageOptions(place.url));
  const { items } = await storage.read.chats.listByOwner(sampleChat().ownerId, { limit: 10 });
  expect(items.map((chat) => chat.id)).toEqual(['kept']);
});

/** What the system knows of locks, and not what SQLite believes: some of its releases repair the loss, others delete the log of writes. */
test.runIf(existsSync('/proc/locks'))('an open database is locked against a program that would take its log of writes along', async () => {
  using place = makePlace();
  await using storage = await openStorage(storageOptions(place.url));
  await storage.migrate();
  await storage.transact((tx) => tx.chats.insert(sampleChat()));
  expect(readFileSync('/proc/locks', 'utf8')).toContain(`:${statSync(place.path).ino} `);
});

test('a memory database leaves nothing behind', async () => {
  await using opened = await openMemoryStorage();
  let folder = '';
  await opened.storage.acquireInstanceLock();
  await opened.storage.acquireInstanceLock().catch((error: { details: { path: string } }) => {
    folder = dirname(error.details.path);
  });
  expect(existsSync(folder)).toBe(true);
  await opened.storage[Symbol.asyncDispose]();
  expect(existsSync(folder)).toBe(false);
});

test('each statement is reported once, with what it is', async () => {
  const queries: QueryInfo[] = [];
  await using opened = await openMemoryStorage({ onQuery: (info) => queries.push(info) });
  const chat = sampleChat();
  await opened.storage.transact((tx) => tx.chats.insert(chat));
  await opened.storage.read.chats.findById(chat.id);
  expect(queries.map(({ kind, sql }) => [kind, sql.split(' ', 1)[0]])).toEqual([
    ['write', 'insert'],
    ['read', 'select'],
  ]);
  expect(queries[1]?.parameters).toEqual([chat.id]);
});

test('a broken JSON column is a fault with its name', async () => {
  using place = makePlace();
  await using storage = await openStorage(storageOptions(place.url));
  await storage.migrate();
  const [broken, wrong, newer] = [sampleChat(), sampleChat(), sampleChat()];
  await storage.transact(async (tx) => {
    for (const chat of [broken, wrong, newer]) await tx.chats.insert(chat);
  });
  using intruder = new SqliteConnection({ path: place.path, pragmas: [] });
  const set = (text: string, id: string) => intruder.run('UPDATE chats SET settings = ? WHERE id = ?', [text, id]);
  set('{', broken.id);
  set('7', wrong.id);
  set('{"temperature":1,"fromTheFuture":true}', newer.id);
  const fault = { code: 'internal', details: { column: 'chats.settings' } };
  await expect(storage.read.chats.findById(broken.id)).rejects.toMatchObject(fault);
  await expect(storage.read.chats.findById(wrong.id)).rejects.toMatchObject(fault);
  expect((await storage.read.chats.findById(newer.id))?.settings).toMatchObject({ temperature: 1 });
});
