import { expect, test } from 'vitest';
import { contrast, parseRgb } from './contrast.ts';

test('contrast is counted as WCAG does', () => {
  expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21);
  expect(contrast([255, 255, 255], [255, 255, 255])).toBe(1);
  expect(contrast([119, 119, 119], [255, 255, 255])).toBeCloseTo(4.48, 2);
  expect(contrast([255, 153, 255], [236, 233, 229])).toBeLessThan(3);
});

test('only a colour that covers what lies below counts', () => {
  expect(parseRgb('rgb(1, 2, 3)')).toEqual([1, 2, 3]);
  expect(parseRgb('rgba(1, 2, 3, 0.9)')).toEqual([1, 2, 3]);
  expect(parseRgb('rgba(1, 2, 3, 0.1)')).toBeUndefined();
  expect(parseRgb('none')).toBeUndefined();
  expect(parseRgb('url("#gradient")')).toBeUndefined();
});
