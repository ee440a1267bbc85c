import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { catalogue } from './catalogue.ts';
import { createTexts, languageOf } from './texts.ts';

const { en, ru } = catalogue;
const keys = Object.keys(en) as (keyof typeof en)[];
const folder = join(import.meta.dirname, '..');
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !path.endsWith('catalogue.ts'))
  .map((path) => readFileSync(join(folder, path), 'utf8'))
  .join('\n');

const places = (text: string): readonly string[] => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();

test('both languages have the same texts with the same places to fill in', () => {
  expect(Object.keys(ru)).toEqual(keys);
  expect(keys.filter((key) => en[key].trim() === '' || ru[key].trim() === '')).toEqual([]);
  expect(keys.filter((key) => places(en[key]).join() !== places(ru[key]).join())).toEqual([]);
  expect(keys.filter((key) => /[\u0400-\u04ff]/.test(en[key]))).toEqual([]);
  const sameInBoth = ['doctorNode', 'replMore'];
  expect(keys.filter((key) => !/[\u0400-\u04ff]/.test(ru[key]) && !sameInBoth.includes(key))).toEqual([]);
});

test('every text is used, and no other text for people is in Russian', () => {
  expect(keys.filter((key) => !sources.includes(`'${key}'`))).toEqual([]);
  expect(sources.match(/.*[\u0400-\u04ff].*/g)).toBeNull();
});

test('the language comes from the environment, places are filled in', () => {
  expect(languageOf({ LANG: 'ru_RU.UTF-8' })).toBe('ru');
  expect(languageOf({ LANG: 'ru_RU.UTF-8', MMC_LANG: 'en' })).toBe('en');
  expect(languageOf({})).toBe('en');
  expect(createTexts('ru').say('noSuchModel', { name: 'x{y}' })).toBe('Нет модели «x{y}».');
});
