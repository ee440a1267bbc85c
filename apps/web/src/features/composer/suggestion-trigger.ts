export type SuggestionKind = 'models' | 'commands';

/** A piece of the text that asks for a list: what was typed after its sign, and where it stands. */
export interface SuggestionTrigger {
  readonly kind: SuggestionKind;
  readonly query: string;
  readonly start: number;
  readonly end: number;
}

const longestQuery = 40;

/** `@` where a word begins, `/` where the message begins; anywhere else they are just signs. */
export function findTrigger(text: string, caret: number): SuggestionTrigger | undefined {
  const before = text.slice(Math.max(0, caret - longestQuery - 1), caret);
  const found = /(?:^|\s)([@/])([^\s@/]*)$/.exec(before);
  const sign = found?.[1];
  const query = found?.[2];
  if (sign === undefined || query === undefined) return undefined;
  const start = caret - query.length - 1;
  // The piece that was looked at may begin in the middle of a word.
  if (start > 0 && !/\s/.test(text.charAt(start - 1))) return undefined;
  if (sign === '/' && start > 0) return undefined;
  return { kind: sign === '@' ? 'models' : 'commands', query, start, end: caret };
}

/** The text without what asked for the list, and where the caret then stands. */
export function withoutTrigger(text: string, { start, end }: SuggestionTrigger): { readonly text: string; readonly caret: number } {
  const rest = text.slice(end);
  const before = text.slice(0, start);
  // No double space where the sign stood between two words.
  return { text: before + (/\s$/.test(before) || before === '' ? rest.replace(/^ /, '') : rest), caret: start };
}
