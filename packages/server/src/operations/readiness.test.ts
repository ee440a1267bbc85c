import { AppError } from '@multimodel/core';
import { expect, test } from 'vitest';
import { createFakeClock } from '../testing/fake-clock.ts';
import { Readiness, type ReadinessDeps } from './readiness.ts';

const full = new AppError('storage_unavailable', 'The disk is full: free some space');

function makeReadiness() {
  const clock = createFakeClock();
  const database = { fault: undefined as unknown, probes: 0, isHeld: true };
  const write = async <T>(result: T): Promise<T> => {
    if (database.fault !== undefined) throw database.fault;
    return result;
  };
  const storage = {
    ping: async () => {},
    probeWrite: async () => {
      database.probes += 1;
      await write(undefined);
    },
    transact: (work: () => Promise<unknown>) => write(work),
  } as unknown as ReadinessDeps['storage'];
  const lock = {
    get isHeld() {
      return database.isHeld;
    },
  };
  const readiness = new Readiness({ storage, lock, clock });
  return { clock, database, readiness, transact: () => readiness.storage.transact(async () => undefined) };
}

test('without writes of the work, one probe in ten seconds writes', async () => {
  const { clock, database, readiness } = makeReadiness();
  await Promise.all([readiness.check(), readiness.check()]);
  await readiness.check();
  expect(database.probes).toBe(1);
  clock.advance(10_000);
  await readiness.check();
  expect(database.probes).toBe(2);
});

test('while writes flow, no probe writes', async () => {
  const { clock, database, readiness, transact } = makeReadiness();
  for (let turn = 0; turn < 5; turn += 1) {
    await transact();
    clock.advance(9_000);
    await readiness.check();
  }
  expect(database.probes).toBe(0);
});

test('a write that failed is told at once, with its reason, and recovers with the next that works', async () => {
  const { database, readiness, transact } = makeReadiness();
  await readiness.check();
  database.fault = full;
  await expect(transact()).rejects.toBe(full);
  await expect(readiness.check()).rejects.toBe(full);
  database.fault = undefined;
  await transact();
  await expect(readiness.check()).resolves.toBeUndefined();
});

test('without work, a fault is found and forgotten by the probe', async () => {
  const { clock, database, readiness } = makeReadiness();
  database.fault = full;
  await expect(readiness.check()).rejects.toBe(full);
  await expect(readiness.check()).rejects.toBe(full);
  expect(database.probes).toBe(1);
  database.fault = undefined;
  clock.advance(10_000);
  await expect(readiness.check()).resolves.toBeUndefined();
});

test('what the work itself does wrong says nothing of the database', async () => {
  const { database, readiness, transact } = makeReadiness();
  await readiness.check();
  database.fault = new AppError('conflict', 'taken');
  await expect(transact()).rejects.toThrow('taken');
  await expect(readiness.check()).resolves.toBeUndefined();
});

test('a lost lock is told until it is held again', async () => {
  const { database, readiness } = makeReadiness();
  database.isHeld = false;
  await expect(readiness.check()).rejects.toMatchObject({ code: 'storage_unavailable', message: expect.stringContaining('lock') });
  database.isHeld = true;
  await expect(readiness.check()).resolves.toBeUndefined();
});
