import { expect, test } from 'vitest';
import { findByLetters, type TypedLetters, typeLetter } from './type-ahead.ts';

const names = ['Alice', 'GigaChat', 'GPT-4o', 'GPT-5', 'Yandex'];
const typeAll = (letters: readonly (readonly [letter: string, atMs: number])[]) =>
  letters.reduce<TypedLetters | undefined>((before, [letter, atMs]) => typeLetter(before, letter, atMs), undefined) ?? {
    text: '',
    atMs: 0,
  };

test('letters make a word until there is a pause', () => {
  expect(
    typeAll([
      ['g', 0],
      ['p', 500],
      ['t', 1_100],
    ]).text,
  ).toBe('gpt');
  expect(
    typeAll([
      ['g', 0],
      ['p', 701],
    ]).text,
  ).toBe('p');
});

test.each([
  ['y', 0, 4],
  ['gp', 0, 2],
  ['gpt-5', 2, 3],
  // The word that is being typed keeps its place while it fits.
  ['gpt', 3, 3],
  // The same letter again goes on, and round.
  ['g', 1, 2],
  ['gg', 3, 1],
  ['пзе', 0, 2],
  ['x', 0, undefined],
])('%s from %i leads to %s', (text, active, found) => {
  expect(findByLetters(names, active, { text, atMs: 0 })).toBe(found);
});

test('an empty list has nothing to find', () => {
  expect(findByLetters([], -1, { text: 'a', atMs: 0 })).toBeUndefined();
});
