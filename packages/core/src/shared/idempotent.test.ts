import { expect, test } from 'vitest';
import { AppError } from '../errors/app-error.ts';
import { defaultUserSettings } from '../settings/user-settings.ts';
import { createFakeClock, createMemoryStorage, settle, testActor } from '../testing/index.ts';
import { type OnceOptions, once } from './idempotent.ts';

const ann = testActor('ann');
const idempotency = { key: 'k', fingerprint: 'f' };

function createBench() {
  const storage = createMemoryStorage();
  const clock = createFakeClock();
  let works = 0;
  const options = (more: Partial<OnceOptions<{ n: number }>> = {}): OnceOptions<{ n: number }> => ({
    storage,
    clock,
    actor: ann,
    idempotency,
    work: async (tx) => {
      works += 1;
      const n = works;
      await tx.settings.save(ann.userId, { ...defaultUserSettings, defaultModel: String(n) }, clock.now());
      return { n };
    },
    ...more,
  });
  return { storage, options, works: () => works };
}

test('without a key every request works', async () => {
  const { options } = createBench();
  const results = [await once(options({ idempotency: undefined })), await once(options({ idempotency: undefined }))];
  expect(results).toEqual([
    { receipt: { n: 1 }, isReplay: false },
    { receipt: { n: 2 }, isReplay: false },
  ]);
});

test('a repeated key finds the first receipt and writes nothing', async () => {
  const { options, works } = createBench();
  await once(options());
  expect(await once(options())).toEqual({ receipt: { n: 1 }, isReplay: true });
  expect(works()).toBe(1);
});

test('of requests at the same time one works and the others find it; what they wrote is rolled back', async () => {
  const { options, storage } = createBench();
  const release = storage.holdCommits();
  const all = Promise.all([once(options()), once(options()), once(options())]);
  await settle();
  release();
  expect((await all).map(({ receipt, isReplay }) => [receipt.n, isReplay])).toEqual([
    [1, false],
    [1, true],
    [1, true],
  ]);
  expect(storage.tables.settings.get(ann.userId)?.defaultModel).toBe('1');
});

test('a key is for one request of one person', async () => {
  const { options } = createBench();
  await once(options());
  await expect(once(options({ idempotency: { ...idempotency, fingerprint: 'g' } }))).rejects.toMatchObject({
    code: 'idempotency_conflict',
  });
  expect((await once(options({ actor: testActor('bob') }))).isReplay).toBe(false);
});

test('work that fails leaves no record: the same key may try again', async () => {
  const { options, storage } = createBench();
  const fails = (error: Error) =>
    once(
      options({
        work: async () => {
          throw error;
        },
      }),
    );
  await expect(fails(new Error('odd'))).rejects.toThrow('odd');
  await expect(fails(new AppError('conflict', 'busy'))).rejects.toMatchObject({ message: 'busy' });
  storage.failCommits('unavailable');
  await expect(once(options())).rejects.toMatchObject({ code: 'storage_unavailable' });
  storage.failCommits(undefined);
  expect((await once(options())).isReplay).toBe(false);
});

test('a race lost to a request that then vanished asks to repeat', async () => {
  const { options, storage } = createBench();
  const transact = storage.transact.bind(storage);
  storage.transact = (work) => transact((tx) => work({ ...tx, idempotency: { ...tx.idempotency, insert: async () => false } }));
  await expect(once(options())).rejects.toMatchObject({ code: 'conflict' });
});
