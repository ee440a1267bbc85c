import { expect, test } from 'vitest';
import { concatenate, median, quantile, spread } from './statistics.ts';

test('quantiles are values that occurred', () => {
  const values = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(quantile(values, 0.5)).toBe(51);
  expect(quantile(values, 0.99)).toBe(100);
  expect(quantile(values, 0)).toBe(1);
  expect(quantile([], 0.5)).toBeNaN();
});

test('the median of an even count lies between the middle two', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([3, 1, 2])).toBe(2);
  expect(median([])).toBeNaN();
});

test('the spread is the distance of the extremes by the median; one round has none', () => {
  expect(spread([8, 10, 12])).toBeCloseTo(0.4);
  expect(spread([8])).toBe(0);
});

test('columns are joined in order', () => {
  expect([...concatenate([Float64Array.of(1, 2), new Float64Array(), Float64Array.of(3)])]).toEqual([1, 2, 3]);
});
