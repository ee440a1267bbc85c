import type { Localized } from '@multimodel/core';

export const uncheckedNotice: Localized = {
  ru: 'Сертификаты GigaChat не проверяются: ключ и переписку может перехватить любой на пути. Скачайте корневой сертификат и включите проверку.',
  en: 'Certificates of GigaChat are not checked: anybody on the way can take the key and read along. Download the root certificate and switch the check on.',
};

export const httpNotes = {
  '2': { ru: 'Связь идёт по HTTP/2: ответ приходит по словам.', en: 'The connection uses HTTP/2: answers come word by word.' },
  '1.1': {
    ru: 'Связь идёт по HTTP/1.1: ответ может прийти разом, а не по словам.',
    en: 'The connection uses HTTP/1.1: an answer may come at once and not word by word.',
  },
} as const satisfies Record<string, Localized>;

export function balanceNote(entries: readonly { readonly name: string; readonly amount: number }[]): Localized {
  const told = (locale: string): string => entries.map(({ name, amount }) => `${name} — ${amount.toLocaleString(locale)}`).join(', ');
  return { ru: `Остаток токенов: ${told('ru')}.`, en: `Tokens left: ${told('en')}.` };
}
