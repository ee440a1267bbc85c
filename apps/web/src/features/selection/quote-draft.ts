/** A piece of an answer as the beginning of what is said about it, below what is written already. */
export function quoteAfter(draft: string, piece: string): string {
  const quote = piece.trim().replace(/^/gm, '> ').replace(/^> $/gm, '>');
  const distance = draft.trim() === '' ? '' : '\n\n'.slice(/\n{0,2}$/.exec(draft)?.[0].length ?? 0);
  return `${distance}${quote}\n\n`;
}
