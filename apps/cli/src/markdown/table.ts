import type { Styles } from '../terminal/styles.ts';
import { type Alignment, padTo, textWidth } from '../terminal/text-width.ts';
import { renderInline } from './inline.ts';

const delimiterRow = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;

/** Lines that begin with `|`: in columns when they are a table, else as they stand. */
export function renderTable(lines: readonly string[], styles: Styles): string {
  const [head = '', delimiter = '', ...body] = lines;
  if (!delimiterRow.test(delimiter)) return lines.map((line) => `${inline(line, styles)}\n`).join('');
  const alignments = cellsOf(delimiter).map(alignmentOf);
  const rows = [head, ...body].map((line) => cellsOf(line).map((cell) => inline(cell, styles)));
  const widths = alignments.map((_, column) => Math.max(1, ...rows.map((row) => textWidth(row[column] ?? ''))));
  const shown = rows.map((row, index) => {
    const cells = widths.map((width, column) => padTo(row[column] ?? '', width, alignments[column]));
    return (index === 0 ? cells.map(styles.bold) : cells).join(styles.dim(' │ ')).trimEnd();
  });
  const rule = styles.dim(widths.map((width) => '─'.repeat(width)).join('─┼─'));
  return [shown[0] ?? '', rule, ...shown.slice(1)].map((line) => `${line}\n`).join('');
}

/** Without colour the marks of emphasis are all there is of it, so they stay. */
function inline(text: string, styles: Styles): string {
  return styles.isColour ? renderInline(text, { from: 0, isWhole: true, styles }).shown : text;
}

function cellsOf(line: string): readonly string[] {
  const inner = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'));
}

function alignmentOf(cell: string): Alignment {
  if (!cell.endsWith(':')) return 'left';
  return cell.startsWith(':') ? 'centre' : 'right';
}
