import { inOtherLayout } from '../commands/keyboard-layouts.ts';
import { plainText } from '../commands/match-text.ts';

/** Letters that were typed on a list. */
export interface TypedLetters {
  readonly text: string;
  readonly atMs: number;
}

const pauseMs = 700;

/** After a pause a new word begins. */
export function typeLetter(before: TypedLetters | undefined, letter: string, atMs: number): TypedLetters {
  const isOneWord = before !== undefined && atMs - before.atMs < pauseMs;
  return { text: isOneWord ? before.text + letter : letter, atMs };
}

/** Where the list goes on: to a name that begins like this; the same letter again goes to the next such name. */
export function findByLetters(names: readonly string[], active: number, { text }: TypedLetters): number | undefined {
  const first = text.slice(0, 1);
  const isOneLetter = text.replaceAll(first, '') === '';
  const wanted = isOneLetter ? first : text;
  const variants = [wanted, ...inOtherLayout(wanted)].map(plainText);
  const from = isOneLetter ? active + 1 : Math.max(0, active);
  for (let step = 0; step < names.length; step += 1) {
    const index = (from + step) % names.length;
    const name = plainText(names[index] ?? '');
    if (variants.some((variant) => name.startsWith(variant))) return index;
  }
  return undefined;
}
