// About one token per four letters: near enough to real tokenizers for budgets and prices to look sane.
const tokenPattern = /\n|[^\S\n]*(?:[\p{L}\p{N}]{1,4}|[^\s\p{L}\p{N}])/gu;

export function splitTokens(text: string): readonly string[] {
  return text.match(tokenPattern) ?? [];
}

export function countTokens(text: string): number {
  return splitTokens(text).length;
}

/** The longest beginning of at most `count` tokens. */
export function takeTokens(text: string, count: number): string {
  return splitTokens(text).slice(0, count).join('');
}
