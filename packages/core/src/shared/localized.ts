export const languages = ['ru', 'en'] as const;
/** Of texts for people. Logs and programs read English. */
export type Language = (typeof languages)[number];

export type Localized = Readonly<Record<Language, string>>;

/** A sentence in English, and in every language where somebody wrote it. */
export interface Told {
  readonly message: string;
  readonly text?: Localized | undefined;
}

export function isLocalized(value: unknown): value is Localized {
  return typeof value === 'object' && value !== null && languages.every((language) => typeof Reflect.get(value, language) === 'string');
}

export const inLanguage = ({ message, text }: Told, language: Language): string => text?.[language] ?? message;

/** One text made the same way in each language. */
export const inEvery = (make: (language: Language) => string): Localized => ({ ru: make('ru'), en: make('en') });
