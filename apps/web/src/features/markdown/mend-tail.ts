import remend from 'remend';
import { openLatex, withoutLatex } from './open-latex.ts';

const options = { comparisonOperators: false, singleTilde: false, htmlTags: false, linkMode: 'protocol' } as const;
const formulaStart = /(?<![\d\\$])\$(?![\s\d$])([^$\n]{1,120})$/;
/** The first half of `\)` or of any other command. */
const loneBackslash = /(?<!\\)((?:\\\\)*)\\$/;

/** Closes what is still being written, so that no raw markers flash while the rest is on its way. */
export function mendTail(text: string): string {
  switch (openBlock(text)) {
    case 'fence':
      return text;
    // remend takes brackets inside an open formula for a link.
    case 'math':
      return `${text}\n$$`;
    case undefined:
      return mendLatex(text.replace(loneBackslash, '$1'));
  }
}

function mendLatex(text: string): string {
  const open = openLatex(text);
  if (!open) return mendInline(text);
  const isEmpty = text.slice(open.start + 2).trim() === '';
  return isEmpty ? text.slice(0, open.start).trimEnd() : `${text.trimEnd()} ${open.closing}`;
}

function mendInline(text: string): string {
  const formula = formulaStart.exec(text)?.[1];
  if (formula === undefined) return remendText(text);
  if (/[\\^_={}]/.test(formula)) return `${text.trimEnd()}$`;
  return remend(text, { ...options, links: false, images: false });
}

/** Formulas in brackets are hidden from it: it would take their `_` and `*` for emphasis. */
function remendText(text: string): string {
  const hidden = withoutLatex(text);
  const mended = remend(hidden, options);
  if (hidden === text) return mended;
  let same = 0;
  while (same < hidden.length && mended[same] === hidden[same]) same += 1;
  return text.slice(0, same) + mended.slice(same);
}

/** What stands open at the end of the text, if it is a block that swallows everything after it. */
function openBlock(text: string): 'fence' | 'math' | undefined {
  let open: string | undefined;
  for (const [, marker = '', rest = ''] of text.matchAll(/^[ \t]*(?:[-*+>]|\d+[.)])?[ \t]*(`{3,}|~{3,}|\$\$)(.*)$/gm)) {
    const isClosing = open !== undefined && marker.startsWith(open) && rest.trim() === '';
    if (isClosing) open = undefined;
    else if (open === undefined && !rest.includes(marker.slice(0, 2))) open = marker;
  }
  if (open === undefined) return undefined;
  return open === '$$' ? 'math' : 'fence';
}
