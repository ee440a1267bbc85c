import { describe, expect, test } from 'vitest';
import type { Localized } from '../shared/localized.ts';
import { AppError } from './app-error.ts';
import { codeTexts, sentenceOf } from './code-texts.ts';
import { ownErrorCodes, providerErrorCodes } from './error-code.ts';
import { fieldFault, fieldFaultsOf, validationFault } from './field-fault.ts';

const both: Localized = { ru: 'Так нельзя', en: 'Not like this' };

describe('sentenceOf', () => {
  test.each([...ownErrorCodes, ...providerErrorCodes])('%s means something in Russian and in English', (code) => {
    expect(codeTexts[code].ru).toMatch(/^[А-ЯЁ][^A-Za-z]*$/);
    expect(codeTexts[code].en).toMatch(/^[A-Z][^А-ЯЁа-яё]*$/);
    const untold = new AppError(code, 'the vendor said no');
    expect(sentenceOf(untold, 'en')).toBe('the vendor said no');
    expect(sentenceOf(untold, 'ru')).toBe(`${codeTexts[code].ru}: the vendor said no`);
  });

  test('an error that is told in every language is English for logs and programs', () => {
    const error = new AppError('conflict', both);
    expect(error.message).toBe(both.en);
    expect([sentenceOf(error, 'ru'), sentenceOf(error, 'en')]).toEqual([both.ru, both.en]);
  });
});

describe('validationFault', () => {
  test('names three fields in each language, and keeps all', () => {
    const error = validationFault(['a', 'b', 'c', 'd'].map((path) => fieldFault(path, both)));
    expect(error.text).toEqual({
      ru: 'Не принято: a — Так нельзя; b — Так нельзя; c — Так нельзя',
      en: 'Not accepted: a Not like this; b Not like this; c Not like this',
    });
    expect(fieldFaultsOf(error).map(({ path }) => path)).toEqual(['a', 'b', 'c', 'd']);
  });

  test('of what a plugin put there, only faults are read', () => {
    const fields = [null, 'x', { path: 'a' }, { path: 'b', message: 'c', text: 'd' }, { path: 'e', message: 'f' }];
    expect(fieldFaultsOf(new AppError('validation_failed', 'x', { details: { fields } }))).toEqual([{ path: 'e', message: 'f' }]);
    expect(fieldFaultsOf(new AppError('validation_failed', 'x', { details: { fields: 'none' } }))).toEqual([]);
  });
});
