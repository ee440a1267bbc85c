import { expect, test } from 'vitest';
import { sumCost, sumTimings, sumUsage } from './usage-sum.ts';

test('usage adds up, and is estimated when a part of it is', () => {
  const before = { inputTokens: 10, outputTokens: 20, reasoningTokens: 5 };
  expect(sumUsage(before, { inputTokens: 1, outputTokens: 2, cachedInputTokens: 1, isEstimated: true })).toEqual({
    inputTokens: 11,
    outputTokens: 22,
    reasoningTokens: 5,
    cachedInputTokens: 1,
    isEstimated: true,
  });
  expect(sumUsage(before, undefined)).toBe(before);
  expect(sumUsage(undefined, before)).toBe(before);
});

test('costs add up without dust, in one currency only', () => {
  const rub = (amount: number) => ({ amount, currency: 'RUB', isEstimated: false });
  expect(sumCost(rub(0.1), rub(0.2))).toEqual(rub(0.3));
  expect(sumCost(rub(0.1), { ...rub(1), currency: 'USD' })).toBeUndefined();
  expect(sumCost(undefined, rub(1))).toEqual(rub(1));
});

test('times add up; the first word came once', () => {
  expect(sumTimings({ queueMs: 1, firstTokenMs: 100, totalMs: 900.1 }, { queueMs: 2, firstTokenMs: 50, totalMs: 100.2 })).toEqual({
    queueMs: 3,
    firstTokenMs: 100,
    totalMs: 1000.3,
  });
});
