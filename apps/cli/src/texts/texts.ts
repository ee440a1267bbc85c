import { catalogue, type Language, type TextKey } from './catalogue.ts';

export type Values = Readonly<Record<string, string | number>>;

/** The catalogue in the language of one terminal. */
export interface Texts {
  readonly language: Language;
  say(key: TextKey, values?: Values): string;
}

/** The same order of variables as the server's. */
export function languageOf(env: NodeJS.ProcessEnv): Language {
  const language = env['MMC_LANG'] || env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return language.toLowerCase().startsWith('ru') ? 'ru' : 'en';
}

export function createTexts(language: Language): Texts {
  return {
    language,
    say: (key, values = {}) => catalogue[language][key].replaceAll(/\{(\w+)\}/g, (all, name: string) => String(values[name] ?? all)),
  };
}
