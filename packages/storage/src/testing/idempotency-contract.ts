import type { IdempotencyRecord } from '@multimodel/core';
import { toUserId } from '@multimodel/core';
import { expect, test } from 'vitest';
import { localUser, nextId } from './samples.ts';
import { useStorage } from './shared-storage.ts';
import type { OpenTestStorage } from './test-database.ts';

const record = (changes: Partial<IdempotencyRecord> = {}): IdempotencyRecord => ({
  ownerId: localUser,
  key: nextId(),
  fingerprint: 'abc',
  response: { id: 1, list: [null, 'ё'] },
  createdAt: 1_000,
  ...changes,
});

export function idempotencyContract(open: OpenTestStorage): void {
  const storage = useStorage(open);
  const insert = (value: IdempotencyRecord) => storage().transact((tx) => tx.idempotency.insert(value));
  const find = (key: string) => storage().read.idempotency.find(localUser, key);

  test('the first insert wins and its answer stays', async () => {
    const first = record();
    expect(await insert(first)).toBe(true);
    expect(await insert({ ...first, fingerprint: 'other', response: 'other' })).toBe(false);
    expect(await find(first.key)).toEqual(first);
    expect(await find('nobody')).toBeUndefined();
    expect(await storage().read.idempotency.find(toUserId('stranger'), first.key)).toBeUndefined();
  });

  test.each([null, 'text', 0, true, []])('the answer %j is kept', async (response) => {
    const kept = record({ response });
    await insert(kept);
    expect(await find(kept.key)).toEqual(kept);
  });

  test('of two at the same time exactly one wins, and the loser sees the answer of the winner', async () => {
    const key = nextId();
    const answers = await Promise.all(
      ['a', 'b'].map((fingerprint) =>
        storage().transact(async (tx) => ({
          hasWon: await tx.idempotency.insert(record({ key, fingerprint })),
          seen: await tx.idempotency.find(localUser, key),
        })),
      ),
    );
    expect(answers.filter((answer) => answer.hasWon)).toHaveLength(1);
    expect(new Set(answers.map((answer) => answer.seen?.fingerprint)).size).toBe(1);
  });

  test('old keys are forgotten', async () => {
    const old = record({ createdAt: 10 });
    const young = record({ createdAt: 20 });
    await insert(old);
    await insert(young);
    await storage().transact((tx) => tx.idempotency.deleteOlderThan(20));
    expect(await find(old.key)).toBeUndefined();
    expect(await find(young.key)).toEqual(young);
  });
}
