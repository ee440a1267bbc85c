/**
 * Why a key or token cannot stand in an HTTP header; `undefined` when it can. For the checks of settings that are sent in one, so that a
 * slip of the clipboard is told at start and not by the first question.
 *
 * @example
 * headerValueFault('AQVN ключ'); // 'Holds a space (character 5), which no key has: copy it again'
 */
export function headerValueFault(text: string): string | undefined {
  const at = text.search(/[^\x21-\x7e]/u);
  if (at < 0) return undefined;
  return `Holds ${nameOf(text.charAt(at))} (character ${at + 1}), which no key has: copy it again`;
}

/** Never the character itself: it is part of a secret. */
function nameOf(character: string): string {
  if (/[\r\n\u2028\u2029]/u.test(character)) return 'a line break';
  if (/\s/u.test(character)) return 'a space';
  return character < ' ' || character === '\x7f' ? 'a control character' : 'a letter or sign outside the Latin alphabet';
}
