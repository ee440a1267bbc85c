import { expect, test } from 'vitest';
import { noWalk, stepTo, typeAhead } from './list-walk.ts';

test('arrows stop at the ends, Home and End go there, other keys are not for the list', () => {
  expect(['ArrowDown', 'ArrowUp', 'Home', 'End', 'Enter'].map((key) => stepTo(key, 2, 5))).toEqual([3, 1, 0, 4, undefined]);
  expect(stepTo('ArrowDown', 4, 5)).toBe(4);
  expect(stepTo('ArrowUp', 0, 5)).toBe(0);
});

const titles = ['Анна', 'Борис', 'антракт', 'Вера'];

function type(letters: readonly (readonly [letter: string, at: number])[], start: number) {
  let index = start;
  let state = noWalk;
  const visited = letters.map(([letter, at]) => {
    const found = typeAhead(state, { letter, at }, { titles, index });
    state = found.state;
    index = found.index ?? index;
    return found.index;
  });
  return visited;
}

test('letters typed one after another narrow down to one title', () => {
  expect(
    type(
      [
        ['а', 1000],
        ['н', 1200],
        ['т', 1400],
      ],
      3,
    ),
  ).toEqual([0, 0, 2]);
});

test('the same letter goes through all titles that begin with it, round and round', () => {
  expect(
    type(
      [
        ['а', 1000],
        ['а', 3000],
        ['а', 3100],
      ],
      0,
    ),
  ).toEqual([2, 0, 2]);
});

test('after a pause a new word begins', () => {
  expect(
    type(
      [
        ['б', 1000],
        ['в', 5000],
      ],
      0,
    ),
  ).toEqual([1, 3]);
  expect(
    type(
      [
        ['б', 1000],
        ['в', 1300],
      ],
      0,
    ),
  ).toEqual([1, undefined]);
});
