import { expect, test } from 'vitest';
import { failed, passed, runSteps, skipped } from './check-step.ts';

test('every step is reported, a broken one as failed', async () => {
  const steps = [
    { name: 'good', run: async () => passed() },
    { name: 'bad', run: async () => failed('why') },
    { name: 'absent', run: async () => skipped('later') },
    { name: 'broken', run: () => Promise.reject(new Error('boom')) },
  ];
  const seen: string[] = [];
  const results = await runSteps(steps, 2, ({ name }) => seen.push(name));
  expect(seen.sort()).toEqual(['absent', 'bad', 'broken', 'good']);
  const states = Object.fromEntries(results.map(({ name, state }) => [name, state]));
  expect(states).toEqual({ good: 'passed', bad: 'failed', absent: 'skipped', broken: 'failed' });
  expect(results.find(({ name }) => name === 'broken')?.output).toContain('boom');
});
