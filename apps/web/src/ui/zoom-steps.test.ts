import { expect, test } from 'vitest';
import { firstScale, fitScale, zoomIn, zoomOut } from './zoom-steps.ts';

test('a picture fills the window, small ones not more than twice their size', () => {
  const window = { width: 1280, height: 800 };
  expect(fitScale({ width: 100, height: 100 }, window)).toBe(2);
  const wide = fitScale({ width: 4_000, height: 100 }, window);
  expect(4_000 * wide).toBeLessThan(window.width);
  expect(4_000 * wide).toBeGreaterThan(window.width * 0.9);
  expect(500 * fitScale({ width: 100, height: 5_000 }, window)).toBeLessThan(window.height);
});

test('what would be too small to read opens at its own size', () => {
  expect([firstScale(0.2), firstScale(0.9), firstScale(2)]).toEqual([1, undefined, undefined]);
});

test('steps go on from wherever the picture is, and end', () => {
  expect([zoomIn(0.31), zoomOut(0.31)]).toEqual([0.5, 0.25]);
  expect([zoomIn(1), zoomOut(1)]).toEqual([1.25, 0.75]);
  expect([zoomIn(8), zoomOut(0.1), zoomOut(0.05)]).toEqual([8, 0.1, 0.05]);
});
