/** A part of a settled text that can be parsed without the rest. */
export interface Section {
  readonly text: string;
  /** Of the whole text: lines that say where a link by reference leads, and that a footnote exists. */
  readonly definitions: readonly Definition[];
}

export interface Definition {
  /** With its opening bracket, in lower case: where it does not occur, it is not wanted. */
  readonly label: string;
  readonly line: string;
}

/** Shorter ones would cost more in bookkeeping than they save in a frame. */
const sectionLength = 1_000;

/** Swallows blank lines until something ends it. */
interface OpenBlock {
  readonly end: RegExp;
  /** What stands further left ends the list item or quote around it, and with it the block. */
  readonly indent: number;
  readonly isContained: boolean;
}

const markers = String.raw`[ \t]*(?:(?:[-*+>]|\d{1,9}[.)])[ \t]*)*`;
const fence = new RegExp(`^(${markers})(\`{3,}(?=[^\`]*$)|~{3,}|\\$\\$+(?=[^$]*$))`);
const html = new RegExp(`^(${markers})<(!--|\\?|!\\[CDATA\\[|![A-Za-z]|(?:script|pre|style|textarea)(?=[\\s>]|$))`, 'i');
/** At the margin, and not an item: whatever list or quote was above has ended. */
const beginsAnew = /^(?![-*+>](?:\s|$)|\d{1,9}[.)](?:\s|$))\S/;
const definition = /^ {0,3}(\[[^\]\n]{1,200}\]):/;

/** Cuts a text where no parser could see a difference; in doubt it does not cut. The pieces put together are the text. */
export function splitSections(text: string): readonly Section[] {
  const scan = new SectionScan();
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start) + 1 || text.length;
    scan.line(text.slice(start, end).replace(/\r?\n$/, ''), start);
    start = end;
  }
  const cuts = [...scan.cuts, text.length];
  return cuts.map((cut, index) => ({ text: text.slice(cuts[index - 1] ?? 0, cut), definitions: scan.definitions }));
}

class SectionScan {
  readonly cuts: number[] = [];
  readonly definitions: Definition[] = [];
  #open: OpenBlock | undefined;
  #isBlankBefore = true;
  /** What is open may have ended or not: from here on nothing is certain. */
  #isLost = false;

  line(line: string, start: number): void {
    const isBlank = line.trim() === '';
    const isLeft = this.#open !== undefined && !isBlank && indentOf(line) < this.#open.indent;
    if (isLeft && this.#open?.isContained) this.#open = undefined;
    else if (isLeft) this.#isLost = true;
    if (this.#open === undefined || this.#isLost) this.#define(line);
    if (this.#open === undefined) this.#outside(line, start);
    else if (this.#open.end.test(line)) this.#open = undefined;
    this.#isBlankBefore = isBlank;
  }

  #outside(line: string, start: number): void {
    const last = this.cuts.at(-1) ?? 0;
    const canCut = !this.#isLost && this.#isBlankBefore && beginsAnew.test(line);
    if (canCut && start - last >= sectionLength) this.cuts.push(start);
    this.#open = openedBy(line);
  }

  #define(line: string): void {
    const label = definition.exec(line)?.[1];
    if (label !== undefined) this.definitions.push({ label: label.toLowerCase(), line });
  }
}

function openedBy(line: string): OpenBlock | undefined {
  const [, before = '', mark] = fence.exec(line) ?? [];
  if (mark !== undefined) {
    const sign = mark.charAt(0) === '$' ? '\\$' : mark.charAt(0);
    return { end: new RegExp(`^[ \\t>]*${sign}{${mark.length},}[ \\t]*$`), ...placeOf(before) };
  }
  const [, outside = '', tag] = html.exec(line) ?? [];
  if (tag === undefined) return undefined;
  const end = htmlEnd(tag.toLowerCase());
  return end.test(line.slice(line.indexOf('<') + tag.length)) ? undefined : { end, ...placeOf(outside) };
}

function htmlEnd(tag: string): RegExp {
  if (tag === '!--') return /-->/;
  if (tag === '?') return /\?>/;
  if (tag === '![cdata[') return /\]\]>/;
  return tag.startsWith('!') ? />/ : /<\/(?:script|pre|style|textarea)>/i;
}

const placeOf = (before: string) => ({ indent: indentIn(before), isContained: before.trim() !== '' });
const indentOf = (line: string): number => indentIn(/^[ \t>]*/.exec(line)?.[0] ?? '');
const indentIn = (space: string): number => space.replaceAll('\t', '    ').length;
