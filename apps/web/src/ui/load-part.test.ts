import { expect, test } from 'vitest';
import { loadPart } from './load-part.ts';

test('a part that cannot be had is tried again at every chance, and never fails', async () => {
  const chances: number[] = [];
  let tidied = 0;
  const answers = [new Error('offline'), new Error('offline'), 'part'];
  const load = () => {
    const next = answers.shift();
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
  };
  const deps = {
    nextChance: (failures: number) => Promise.resolve(void chances.push(failures)),
    tidy: () => {
      tidied += 1;
    },
  };
  expect(await loadPart(load, deps)).toBe('part');
  expect([chances, tidied]).toEqual([[0, 1], 2]);
});
