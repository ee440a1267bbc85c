import { expect, test } from 'vitest';
import { languageOf } from './language.ts';

test.each([
  [undefined, 'en'],
  ['', 'en'],
  ['ru', 'ru'],
  ['ru-RU,ru;q=0.9,en-US;q=0.8,en;q=0.7', 'ru'],
  ['en-GB,ru;q=0.9', 'en'],
  ['en;q=0.1, RU;q=0.5', 'ru'],
  ['ru;q=0, en', 'en'],
  ['ru;q=0', 'en'],
  ['ru;q=much', 'en'],
  ['de, ru;q=0.3', 'ru'],
  ['*', 'en'],
  ['*, ru;q=0.5', 'en'],
  ['uk', 'en'],
  [',,;;q=,', 'en'],
])('%o is answered in %s', (header, language) => {
  expect(languageOf(header)).toBe(language);
});
