import { expect, test } from 'vitest';
import { quoteAfter } from './quote-draft.ts';

test.each([
  ['', 'слово', '> слово\n\n'],
  ['', ' два\n\nабзаца \n', '> два\n>\n> абзаца\n\n'],
  ['Вопрос', 'слово', '\n\n> слово\n\n'],
  ['Вопрос\n', 'слово', '\n> слово\n\n'],
  ['> раньше\n\n', 'слово', '> слово\n\n'],
  ['  \n', 'слово', '> слово\n\n'],
])('below %j the piece %j is quoted as %j', (draft, piece, added) => {
  expect(quoteAfter(draft, piece)).toBe(added);
});
