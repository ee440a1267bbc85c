import remend from 'remend';

const options = { comparisonOperators: false, singleTilde: false, htmlTags: false, linkMode: 'protocol' } as const;
const formulaStart = /(?<![\d\\$])\$(?![\s\d$])([^$\n]{1,120})$/;

/** Closes what is still being written, so that no raw markers flash while the rest is on its way. */
export function mendTail(text: string): string {
  switch (openBlock(text)) {
    case 'fence':
      return text;
    // remend takes brackets inside an open formula for a link.
    case 'math':
      return `${text}\n$$`;
    case undefined:
      return mendInline(text);
  }
}

function mendInline(text: string): string {
  const formula = formulaStart.exec(text)?.[1];
  if (formula === undefined) return remend(text, options);
  if (/[\\^_={}]/.test(formula)) return `${text.trimEnd()}$`;
  return remend(text, { ...options, links: false, images: false });
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
