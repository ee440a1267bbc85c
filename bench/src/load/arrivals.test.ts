import { expect, test } from 'vitest';
import { poissonArrivals, seededRandom } from './arrivals.ts';

test('the same seed gives the same arrivals, another seed others', () => {
  expect(poissonArrivals(100, 5, 7)).toEqual(poissonArrivals(100, 5, 7));
  expect(poissonArrivals(100, 5, 8)).not.toEqual(poissonArrivals(100, 5, 7));
});

test('arrivals are Poisson: the mean gap and its deviation are one over the rate', () => {
  const dues = poissonArrivals(200, 100, 1);
  const gaps = dues.map((due, index) => due - (dues[index - 1] ?? 0));
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  const deviation = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length);
  expect(mean).toBeCloseTo(5, 0);
  expect(deviation).toBeCloseTo(5, 0);
  expect(dues.every((due, index) => due < 100_000 && due >= (dues[index - 1] ?? 0))).toBe(true);
});

test('the generator stays between zero and one', () => {
  const random = seededRandom(3);
  const values = Array.from({ length: 10_000 }, () => random());
  expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...values)).toBeLessThan(1);
});
