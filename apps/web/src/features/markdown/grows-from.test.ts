import { expect, test } from 'vitest';
import { growsFrom } from './grows-from.ts';

test('a text that goes on does so, whatever its length', () => {
  const long = 'слово '.repeat(1_000);
  expect(growsFrom('слово', '')).toBe(true);
  expect(growsFrom('слово', 'сло')).toBe(true);
  expect(growsFrom(`${long}и ещё`, long)).toBe(true);
  expect(growsFrom(long, long)).toBe(true);
});

test('a shorter text, or one that ends otherwise where the other ended, is another one', () => {
  const long = 'слово '.repeat(1_000);
  expect(growsFrom('сло', 'слово')).toBe(false);
  expect(growsFrom(long.slice(0, -1), long)).toBe(false);
  expect(growsFrom(`${long.slice(0, -3)}ах, ещё`, long)).toBe(false);
});
