import type { Localized } from '@multimodel/core';

/**
 * Why a key or token cannot stand in an HTTP header; `undefined` when it can. For the checks of settings that are sent in one, so that a
 * slip of the clipboard is told at start and not by the first question. In English; `headerValueText` has all languages.
 *
 * @example
 * headerValueFault('AQVN ключ'); // 'Holds a space (character 5), which no key has: copy it again'
 */
export function headerValueFault(text: string): string | undefined {
  return headerValueText(text)?.en;
}

/**
 * The same in every language, for `faultIssue`.
 *
 * @example
 * headerValueText('AQVN ключ')?.ru; // 'Содержит пробел (знак 5), а в ключах такого не бывает: скопируйте ещё раз'
 */
export function headerValueText(text: string): Localized | undefined {
  const at = text.search(/[^\x21-\x7e]/u);
  if (at < 0) return undefined;
  const { ru, en } = nameOf(text.charAt(at));
  return {
    ru: `Содержит ${ru} (знак ${at + 1}), а в ключах такого не бывает: скопируйте ещё раз`,
    en: `Holds ${en} (character ${at + 1}), which no key has: copy it again`,
  };
}

/** Never the character itself: it is part of a secret. */
function nameOf(character: string): Localized {
  if (/[\r\n\u2028\u2029]/u.test(character)) return { ru: 'перенос строки', en: 'a line break' };
  if (/\s/u.test(character)) return { ru: 'пробел', en: 'a space' };
  if (character < ' ' || character === '\x7f') return { ru: 'управляющий символ', en: 'a control character' };
  return { ru: 'букву или знак не из латиницы', en: 'a letter or sign outside the Latin alphabet' };
}
