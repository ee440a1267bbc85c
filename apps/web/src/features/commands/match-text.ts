import { inOtherLayout } from './keyboard-layouts.ts';

/** How well a text answers what was typed; 0 = not at all. Forgives typos, and a wrong keyboard layout. */
export type TextMatcher = (text: string) => number;

const points = { textStart: 100, wordStart: 80, inside: 60, typo: 40, initials: 30 } as const;

/** From here on, what was typed stands in the text as it is; below, the text only resembles it. */
export const directScore = points.inside;

export function createMatcher(query: string): TextMatcher {
  const typed = query.trim();
  if (typed === '') return () => 1;
  const variants = [...new Set([typed, ...inOtherLayout(typed)].map(plainText))].map((variant) => variant.split(/\s+/));
  return (text) => {
    const subject = plainText(text);
    return Math.max(...variants.map((terms) => scoreOf(terms, subject)));
  };
}

/** Best first; what is equally good stays in its order. */
export function matching<Item>(items: readonly Item[], query: string, textOf: (item: Item) => string): readonly Item[] {
  const match = createMatcher(query);
  return items
    .map((item) => ({ item, score: match(textOf(item)) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ item }) => item);
}

/** Small letters without accents: case and diacritics never keep a title from being found. */
export function plainText(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Every word that was typed has to be there. */
function scoreOf(terms: readonly string[], subject: string): number {
  const words = subject.match(/[\p{L}\p{N}]+/gu) ?? [];
  let sum = 0;
  for (const term of terms) {
    const score = scoreOfTerm(term, subject, words);
    if (score === 0) return 0;
    sum += score;
  }
  return sum / terms.length;
}

function scoreOfTerm(term: string, subject: string, words: readonly string[]): number {
  if (subject.startsWith(term)) return points.textStart;
  if (words.some((word) => word.startsWith(term))) return points.wordStart;
  if (subject.includes(term)) return points.inside;
  const allowed = typosAllowed(term);
  const typos = allowed === 0 ? 1 : Math.min(...words.map((word) => prefixDistance(term, word)), allowed + 1);
  if (typos <= allowed) return points.typo - typos;
  return term.length > 1 &&
    words
      .map((word) => word[0])
      .join('')
      .startsWith(term)
    ? points.initials
    : 0;
}

function typosAllowed({ length }: string): number {
  if (length < 4) return 0;
  return length < 8 ? 1 : 2;
}

/** Edits (a neighbour swap is one) between the term and that beginning of the word which is nearest to it. */
function prefixDistance(term: string, word: string): number {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: word.length + 1 }, (_, column) => column);
  for (let line = 1; line <= term.length; line += 1) {
    const next = [line];
    for (let column = 1; column <= word.length; column += 1) {
      const isSame = term[line - 1] === word[column - 1];
      const isSwap = line > 1 && column > 1 && term[line - 1] === word[column - 2] && term[line - 2] === word[column - 1];
      const steps = [at(row, column) + 1, at(next, column - 1) + 1, at(row, column - 1) + (isSame ? 0 : 1)];
      next.push(Math.min(...steps, isSwap ? at(before, column - 2) + 1 : Number.POSITIVE_INFINITY));
    }
    before = row;
    row = next;
  }
  return Math.min(...row);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
