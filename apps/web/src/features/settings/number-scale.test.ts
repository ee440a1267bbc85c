import { expect, test } from 'vitest';
import { numberScale } from './number-scale.ts';

test('a slider of a small range goes by its steps', () => {
  const scale = numberScale({ min: 0, max: 1, step: 0.1 });
  expect([scale.steps, scale.toPlace(0.3), scale.toValue(3), scale.toValue(10), scale.toPlace(5)]).toEqual([10, 3, 0.3, 1, 10]);
  expect(numberScale({ min: 0, max: 2 }).toValue(13)).toBe(0.65);
});

test('a slider of a wide range goes by factors, and both ends are exact', () => {
  const scale = numberScale({ min: 1, max: 131_072, step: 1 });
  expect([scale.toValue(0), scale.toValue(100), scale.toPlace(1), scale.toPlace(131_072)]).toEqual([1, 131_072, 0, 100]);
  const values = Array.from({ length: 101 }, (_, place) => scale.toValue(place));
  expect(values).toEqual(values.toSorted((a, b) => a - b));
  expect(values.every(Number.isInteger)).toBe(true);
});
