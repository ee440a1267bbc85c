interface OpenFormula {
  readonly closing: '\\)' | '\\]';
  /** Where its opening bracket stands. */
  readonly start: number;
}

const formula = String.raw`\\\((?:[^\\]|\\[^)])*\\\)|\\\[(?:[^\\]|\\[^\]])*\\\]`;
const codeSpan = '(`+)(?!`)[\\s\\S]*?(?<!`)\\1(?!`)';
/** What is over, from left to right: it may hold brackets, but begins no formula. */
const settled = new RegExp(`${codeSpan}|${formula}|\\\\\\\\`, 'g');
/** A bracket that belongs to no formula is an escaped one. */
const bracket = new RegExp(`${formula}|\\\\[([\\])]`, 'g');
const blankLine = /\n[ \t]*\n/g;

/** The formula in `\(` or `\[` that is still being written at the end of the text. */
export function openLatex(text: string): OpenFormula | undefined {
  const paragraph = [...text.matchAll(blankLine)].at(-1)?.index ?? 0;
  const rest = text.slice(paragraph).replace(settled, (found) => '.'.repeat(found.length));
  const [before, mark] = /^([\s\S]*?)\\([([])/.exec(rest)?.slice(1) ?? [];
  // An open piece of code swallows the bracket.
  if (before === undefined || before.includes('`')) return undefined;
  return { closing: mark === '(' ? '\\)' : '\\]', start: paragraph + before.length };
}

/** The same length, without anything in formulas that could be taken for marks of Markdown. */
export function withoutLatex(text: string): string {
  return text.includes('\\') ? text.replace(bracket, (found) => found.replace(/[^\n]/g, 'x')) : text;
}
