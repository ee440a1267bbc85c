import { once } from 'node:events';
import { join } from 'node:path';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { openStorage } from './open-storage.ts';
import { PostgresqlInstanceLock } from './postgresql/postgresql-instance-lock.ts';
import { createFakeClock, silentLogger } from './testing/fake-clock.ts';
import { runNode } from './testing/run-node.ts';
import {
  createTestDatabase,
  createTestFolder,
  postgresServerUrl,
  postgresTitle,
  storageOptions,
  withPostgres,
} from './testing/test-database.ts';

interface Place extends AsyncDisposable {
  readonly url: string;
}
type MakePlace = () => Promise<Place>;

async function makeFile(): Promise<Place> {
  const folder = createTestFolder();
  return { url: `file:${join(folder.path, 'chat.db')}`, [Symbol.asyncDispose]: async () => folder[Symbol.dispose]() };
}

function lockContract(makePlace: MakePlace): void {
  test('a database has one owner at a time, and a new one after it', async () => {
    await using place = await makePlace();
    await using first = await openStorage(storageOptions(place.url));
    await using second = await openStorage(storageOptions(place.url));
    const lock = await first.acquireInstanceLock();
    await expect(second.acquireInstanceLock()).rejects.toMatchObject({ code: 'conflict' });
    await expect(second.ping()).resolves.toBeUndefined();
    await lock[Symbol.asyncDispose]();
    await using later = await second.acquireInstanceLock();
    expect(later).toBeDefined();
  });

  test('closing the storage gives the lock back', async () => {
    await using place = await makePlace();
    const first = await openStorage(storageOptions(place.url));
    const forgotten = await first.acquireInstanceLock();
    await first[Symbol.asyncDispose]();
    await using second = await openStorage(storageOptions(place.url));
    await using lock = await second.acquireInstanceLock();
    expect(lock).toBeDefined();
    await expect(forgotten[Symbol.asyncDispose]()).resolves.toBeUndefined();
  });

  test('who waits gets it as soon as it is free', async () => {
    await using place = await makePlace();
    const clock = createFakeClock();
    let hasScheduled = () => {};
    const waiting = new Promise<void>((resolve) => {
      hasScheduled = resolve;
    });
    const watched = {
      ...clock,
      schedule(delayMs: number, callback: () => void) {
        hasScheduled();
        return clock.schedule(delayMs, callback);
      },
    };
    await using first = await openStorage(storageOptions(place.url));
    await using second = await openStorage(storageOptions(place.url, { clock: watched }));
    const lock = await first.acquireInstanceLock();
    const next = second.acquireInstanceLock({ waitMs: 5_000 });
    await waiting;
    await lock[Symbol.asyncDispose]();
    clock.advance(1_000);
    await using got = await next;
    expect(got).toBeDefined();
  });

  test('the lock of a killed process is free at once', async () => {
    await using place = await makePlace();
    const owner = runNode(`
      const storage = await openStorage(options(${JSON.stringify(place.url)}));
      globalThis.lock = await storage.acquireInstanceLock();
      print('locked');
      setInterval(() => {}, 1_000);`);
    expect(await owner.firstLine).toBe('"locked"');
    await using storage = await openStorage(storageOptions(place.url));
    await expect(storage.acquireInstanceLock()).rejects.toMatchObject({ code: 'conflict' });
    await owner.kill();
    const clock = { now: Date.now, monotonic: () => performance.now(), schedule: realSchedule };
    await using successor = await openStorage(storageOptions(place.url, { clock }));
    // The PostgreSQL server needs a moment to notice.
    await using lock = await successor.acquireInstanceLock({ waitMs: 10_000 });
    expect(lock).toBeDefined();
  });
}

function realSchedule(delayMs: number, callback: () => void): () => void {
  const timer = setTimeout(callback, delayMs);
  return () => clearTimeout(timer);
}

describe('instance lock: SQLite', () => lockContract(makeFile));
describe.skipIf(postgresServerUrl === undefined)(`instance lock: ${postgresTitle}`, () => {
  lockContract(createTestDatabase);

  test('a lock that is lost with its connection is told, and taken again', async () => {
    await using place = await createTestDatabase();
    const clock = createFakeClock();
    const scheduled = Promise.withResolvers<void>();
    const watched = {
      ...clock,
      schedule(delayMs: number, callback: () => void) {
        scheduled.resolve();
        return clock.schedule(delayMs, callback);
      },
    };
    await using storage = await openStorage(storageOptions(place.url, { clock: watched }));
    const lock = await storage.acquireInstanceLock();
    expect(lock.isHeld).toBe(true);
    await withPostgres(place.url, (client) =>
      client.query("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"),
    );
    await scheduled.promise;
    expect(lock.isHeld).toBe(false);
    clock.advance(2_000);
    await expect.poll(() => lock.isHeld).toBe(true);
    await using second = await openStorage(storageOptions(place.url));
    await expect(second.acquireInstanceLock()).rejects.toMatchObject({ code: 'conflict' });
  });

  test('a lock that was given back while it was being taken again leaves no connection behind', async () => {
    await using place = await createTestDatabase();
    const clock = createFakeClock();
    const connect = async () => {
      const client = new pg.Client({ connectionString: place.url });
      await client.connect();
      return client;
    };
    const asked = Promise.withResolvers<pg.Client>();
    const answer = Promise.withResolvers<boolean>();
    const tryLock = (client: pg.Client) => {
      asked.resolve(client);
      return answer.promise;
    };
    const first = await connect();
    const lock = new PostgresqlInstanceLock(first, { clock, logger: silentLogger, connect, tryLock });
    await first.end();
    clock.advance(2_000);
    const second = await asked.promise;
    const ended = once(second, 'end');
    await lock[Symbol.asyncDispose]();
    answer.resolve(true);
    await ended;
    expect(lock.isHeld).toBe(false);
  });
});
