import { readdirSync, readFileSync } from 'node:fs';
import { errorCodeSchema } from '@multimodel/contract';
import { expect, test } from 'vitest';
import { textOfCode } from '../features/chat/error-text.ts';
import { m } from '../paraglide/messages.js';
import { overwriteGetLocale } from '../paraglide/runtime.js';

const source = new URL('../', import.meta.url);
// One catalogue for the first load and one for the settings pages; a text stands in one of them.
const read = (language: string): Record<string, unknown> => ({ ...readOne(`${language}.json`), ...readOne(`settings/${language}.json`) });
const readOne = (file: string): Record<string, unknown> => JSON.parse(readFileSync(new URL(`messages/${file}`, source), 'utf8'));
const keysOf = (catalogue: Record<string, unknown>) => Object.keys(catalogue).filter((key) => key !== '$schema');
const ru = read('ru');
const en = read('en');
const code = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !file.includes('.test.') && !file.startsWith('paraglide'))
  .map((file) => ({ file, text: readFileSync(new URL(file, source), 'utf8') }));

test('both languages have the same texts, and each is used', () => {
  expect(keysOf(ru)).toEqual(keysOf(en));
  const used = new Set(code.flatMap(({ text }) => [...text.matchAll(/\b[tms]\.([a-z0-9_]+)/g)].map((match) => match[1])));
  expect(keysOf(en).filter((key) => !used.has(key))).toEqual([]);
});

test('no text stands in both catalogues', () => {
  const first = new Set(keysOf(readOne('ru.json')));
  expect(keysOf(readOne('settings/ru.json')).filter((key) => first.has(key))).toEqual([]);
});

test('both languages use the same values in a text', () => {
  const inputs = (text: unknown) => [...new Set(JSON.stringify(text).match(/\{[a-z]+\}/gi))].sort();
  for (const key of keysOf(en)) expect([key, inputs(ru[key])]).toEqual([key, inputs(en[key])]);
});

test('no text for people stands in the code', () => {
  expect(code.filter(({ text }) => /[а-яё]/i.test(text)).map(({ file }) => file)).toEqual([]);
});

test('Russian counts as people do', () => {
  overwriteGetLocale(() => 'ru');
  const tokens = (count: number) => m.facts_tokens({ count, shown: String(count) }).replace('\u00a0', ' ');
  expect([1, 2, 5, 11, 21, 22, 101, 1.5].map(tokens)).toEqual([
    '1 токен',
    '2 токена',
    '5 токенов',
    '11 токенов',
    '21 токен',
    '22 токена',
    '101 токен',
    '1.5 токена',
  ]);
});

test('every error code says in both languages what happened and what to do', () => {
  for (const language of ['ru', 'en'] as const) {
    overwriteGetLocale(() => language);
    for (const errorCode of errorCodeSchema.options) {
      const { title, action } = textOfCode(errorCode);
      expect(title).toMatch(/[^.]$/);
      expect(action).toMatch(/\.$/);
    }
    expect(textOfCode('from_the_future')).toEqual(textOfCode('internal'));
  }
});

test('Russian dashes and quotes are set as in print', () => {
  const texts = keysOf(ru).flatMap((key) => JSON.stringify(ru[key]).match(/[^"]+/g) ?? []);
  expect(texts.filter((text) => / [—–] | - |“|”|„/.test(text))).toEqual([]);
});
