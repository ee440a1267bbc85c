import { inEvery, type Language, type Localized } from '@multimodel/core';
import { z } from 'zod';

const kinds: Readonly<Record<string, Localized>> = {
  string: { ru: 'текст', en: 'text' },
  number: { ru: 'число', en: 'a number' },
  int: { ru: 'целое число', en: 'a whole number' },
  boolean: { ru: 'true или false', en: 'true or false' },
  object: { ru: 'объект {...}', en: 'an object {...}' },
  record: { ru: 'объект {...}', en: 'an object {...}' },
  array: { ru: 'список [...]', en: 'a list [...]' },
};

const given: Readonly<Record<string, Localized>> = {
  string: { ru: 'текст', en: 'text' },
  number: { ru: 'число', en: 'a number' },
  boolean: { ru: 'true или false', en: 'true or false' },
};

/** The word for what a person wrote; never the value itself, which may be a secret. */
function givenKind(value: unknown): Localized {
  if (value === null) return { ru: 'null', en: 'null' };
  if (Array.isArray(value)) return { ru: 'список', en: 'a list' };
  return given[typeof value] ?? { ru: 'объект', en: 'an object' };
}

const required: Localized = { ru: 'Обязательное поле', en: 'Required' };

/** What zod found, as a sentence for people. Messages that a plugin gives to its own checks go before it. */
export const faultInWords =
  (language: Language) =>
  (issue: z.core.$ZodRawIssue): string | undefined => {
    const text = textOf(issue);
    if (text) return text[language];
    // English is what zod says by itself.
    return language === 'ru' ? toSentence(russian.localeError(issue)) : undefined;
  };

const russian = z.locales.ru();

const toSentence = (said: ReturnType<typeof russian.localeError>): string | undefined => (typeof said === 'object' ? said?.message : said);

function textOf(issue: z.core.$ZodRawIssue): Localized | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? required : ofType(kinds[issue.expected] ?? same(issue.expected), givenKind(issue.input));
    case 'invalid_format':
      return issue.format === 'url'
        ? { ru: 'Нужен адрес, который начинается с https:// или http://', en: 'Must be an address that begins with https:// or http://' }
        : { ru: 'Не той формы, что нужна', en: 'Does not have the form that is needed' };
    case 'invalid_value': {
      if (issue.input === undefined) return required;
      const names = issue.values.map(String).join(', ');
      return { ru: `Допустимо: ${names}`, en: `Must be one of: ${names}` };
    }
    case 'too_small':
      return bound(issue.origin, { ru: 'не меньше', en: 'at least' }, issue.minimum);
    case 'too_big':
      return bound(issue.origin, { ru: 'не больше', en: 'at most' }, issue.maximum);
    case 'not_multiple_of':
      return { ru: `Должно делиться на ${issue.divisor}`, en: `Must be a multiple of ${issue.divisor}` };
    case 'invalid_union':
      return inEvery((language) => `${{ ru: 'Не может быть:', en: 'Cannot be' }[language]} ${givenKind(issue.input)[language]}`);
    default:
      return undefined;
  }
}

const same = (word: string): Localized => ({ ru: word, en: word });

const ofType = (wanted: Localized, got: Localized): Localized => ({
  ru: `Нужно: ${wanted.ru}, а не ${got.ru}`,
  en: `Must be ${wanted.en}, not ${got.en}`,
});

function bound(origin: string, limit: Localized, value: number | bigint): Localized {
  if (origin === 'string') {
    return { ru: `Символов — ${limit.ru} ${value}`, en: `Must have ${limit.en} ${value} ${value === 1 ? 'character' : 'characters'}` };
  }
  if (origin === 'array' || origin === 'set') {
    return { ru: `Значений — ${limit.ru} ${value}`, en: `Must have ${limit.en} ${value} ${value === 1 ? 'member' : 'members'}` };
  }
  return { ru: `Должно быть ${limit.ru} ${value}`, en: `Must be ${limit.en} ${value}` };
}
