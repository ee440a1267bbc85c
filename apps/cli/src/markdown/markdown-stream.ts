import { toSafeText } from '../terminal/safe-text.ts';
import type { Styles } from '../terminal/styles.ts';
import { renderInline } from './inline.ts';
import { renderTable } from './table.ts';

/** How a line begins, once that is certain. */
interface LineStart {
  readonly shown: string;
  /** Where its inline text begins. */
  readonly from: number;
}

interface Fence {
  readonly mark: string;
  readonly indent: number;
}

/** Code, or a formula by itself. */
const fencePattern = /^(\s*)(`{3,}|~{3,}|\$\$(?=\s*$))\s*([^`]*)$/;
const headingPattern = /^\s{0,3}#{1,6}\s+(.*?)\s*#*\s*$/;
const rulePattern = /^\s*([-*_])(?:\s*\1){2,}\s*$/;
const tableLine = /^\s{0,3}\|/;
const textStart = /^(\s*(?:>\s?)*)(?:([-*+]|\d{1,9}[.)])(\s+)(?:\[([ xX])\]\s)?)?/;
/** Beginnings that still may become something else. */
const undecided = /^\s*(?:>\s?)*(?:#{1,6}|[-+*_\s]*|\d{1,9}[.)]?|`{0,2}|~{0,2}|\${0,2}|(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]?\]?\s*)?)$/;
/** Lines of which the end matters too. */
const wholeOnly = /^\s*(?:#{1,6}\s|```|~~~|\|)|^\s*\$\$\s*$/;

const ruleWidth = 40;

/**
 * Markdown for a terminal, as it comes: text appears as soon as its meaning is certain and is never taken back. Any cutting of
 * the input gives the same output.
 */
export class MarkdownStream {
  readonly #styles: Styles;
  #line = '';
  /** Set when the beginning of the line has been shown. */
  #shownTo: number | undefined;
  #fence: Fence | undefined;
  #table: string[] = [];
  #carry = '';

  constructor(styles: Styles) {
    this.#styles = styles;
  }

  push(text: string): string {
    const all = this.#carry + text;
    // Half a pair is no character.
    this.#carry = /[\ud800-\udbff]$/.exec(all)?.[0] ?? '';
    const [first = '', ...others] = toSafeText(all.slice(0, all.length - this.#carry.length)).split('\n');
    let output = '';
    this.#line += first;
    for (const next of others) {
      output += this.#endLine('\n');
      this.#line = next;
    }
    return output + this.#showPart();
  }

  /** The rest; without a line feed of its own. */
  end(): string {
    this.#line += this.#carry;
    this.#carry = '';
    if (this.#line === '') return this.#takeTable().replace(/\n$/, '');
    return this.#endLine('').replace(/\n$/, '');
  }

  #endLine(lineFeed: string): string {
    const line = this.#line;
    if (this.#shownTo === undefined && this.#fence === undefined && tableLine.test(line)) {
      this.#table.push(line);
      this.#line = '';
      return lineFeed === '' ? this.#takeTable() : '';
    }
    const output = this.#takeTable() + this.#restOfLine(line) + lineFeed;
    this.#line = '';
    this.#shownTo = undefined;
    return output;
  }

  #restOfLine(line: string): string {
    if (this.#fence) return this.#codeLine(line, this.#fence);
    if (this.#shownTo === undefined) {
      const block = this.#blockLine(line);
      if (block !== undefined) return block;
    }
    const start = this.#shownTo === undefined ? this.#startOf(line) : { shown: '', from: this.#shownTo };
    return start.shown + this.#inline(line, start.from, true).shown;
  }

  /** What of an unfinished line is certain by now. */
  #showPart(): string {
    const line = this.#line;
    if (this.#fence || line === '') return '';
    let output = '';
    if (this.#shownTo === undefined) {
      if (undecided.test(line) || wholeOnly.test(line)) return '';
      const start = this.#startOf(line);
      output = this.#takeTable() + start.shown;
      this.#shownTo = start.from;
    }
    const { shown, end } = this.#inline(line, this.#shownTo, false);
    this.#shownTo = end;
    return output + shown;
  }

  #blockLine(line: string): string | undefined {
    const [, indent = '', mark, language = ''] = fencePattern.exec(line) ?? [];
    if (mark !== undefined) {
      this.#fence = { mark, indent: indent.length };
      return indent + this.#styles.dim(`─── ${language.trim()}`.trimEnd());
    }
    const heading = headingPattern.exec(line)?.[1];
    if (heading !== undefined) return this.#styles.isColour ? this.#styles.heading(this.#inline(heading, 0, true).shown) : line;
    return rulePattern.test(line) ? this.#styles.dim('─'.repeat(ruleWidth)) : undefined;
  }

  #codeLine(line: string, { mark, indent }: Fence): string {
    const isEnd = line.trim().startsWith(mark) && line.trim().replaceAll(mark[0] ?? '', '') === '';
    if (!isEnd) return this.#styles.dim(line);
    this.#fence = undefined;
    return ' '.repeat(indent) + this.#styles.dim('───');
  }

  #startOf(line: string): LineStart {
    const [all = '', before = '', marker, gap = '', task] = textStart.exec(line) ?? [];
    const lead = before.replaceAll('>', '│');
    const shownLead = lead.includes('│') ? this.#styles.dim(lead) : lead;
    if (marker === undefined) return { shown: shownLead, from: before.length };
    const bullet = /\d/.test(marker) ? marker : '•';
    const box = task === undefined ? '' : task === ' ' ? '☐ ' : '☑ ';
    return { shown: `${shownLead}${bullet}${gap}${box}`, from: all.length };
  }

  /** Without colour the marks of emphasis are all there is of it, so they stay. */
  #inline(line: string, from: number, isWhole: boolean): { readonly shown: string; readonly end: number } {
    if (!this.#styles.isColour) return { shown: line.slice(from), end: line.length };
    return renderInline(line, { from, isWhole, styles: this.#styles });
  }

  #takeTable(): string {
    const lines = this.#table;
    this.#table = [];
    return lines.length === 0 ? '' : renderTable(lines, this.#styles);
  }
}
