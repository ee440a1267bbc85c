import { catalogue, type Language, type TextKey } from './catalogue.ts';

export type Values = Readonly<Record<string, string | number>>;

/** The catalogue in the language of one terminal. */
export interface Texts {
  readonly language: Language;
  say(key: TextKey, values?: Values): string;
}

/** The command line without `--lang`, which stands anywhere before `--`, and what it says. */
export function takeLanguage(argv: readonly string[]): { readonly rest: readonly string[]; readonly wanted?: string | undefined } {
  const end = argv.indexOf('--');
  const at = argv.findIndex((arg, index) => (end === -1 || index < end) && (arg === '--lang' || arg.startsWith('--lang=')));
  const option = argv[at];
  if (option === undefined) return { rest: argv };
  const isJoined = option.startsWith('--lang=');
  const wanted = isJoined ? option.slice('--lang='.length) : (argv[at + 1] ?? '');
  return { rest: [...argv.slice(0, at), ...argv.slice(at + (isJoined ? 1 : 2))], wanted };
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
