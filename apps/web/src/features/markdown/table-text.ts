import type { Table } from 'mdast';
import { plainText } from './markdown-inline.tsx';

const cellsOf = ({ children }: Table): readonly (readonly string[])[] => children.map((row) => row.children.map(plainText));

/** For spreadsheets: quoted where needed, lines ended as the format wants it. */
export function tableToCsv(table: Table): string {
  const quote = (cell: string) => (/[",;\n\r\t]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell);
  return cellsOf(table)
    .map((row) => row.map((cell) => quote(harmless(cell))).join(','))
    .join('\r\n');
}

/** A cell that begins like a formula would run as one in a spreadsheet. Numbers may have their sign. */
function harmless(cell: string): string {
  return /^[=@\t\r]|^[+-](?![\d\s.,]*%?$)/.test(cell) ? `'${cell}` : cell;
}

export function tableToMarkdown(table: Table): string {
  const row = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replace(/\|/g, '\\|').replace(/\n/g, ' ')).join(' | ')} |`;
  const [head = [], ...rows] = cellsOf(table);
  const marks = head.map((_cell, index) => delimiters[table.align?.[index] ?? 'none']);
  return [row(head), `| ${marks.join(' | ')} |`, ...rows.map(row)].join('\n');
}

const delimiters = { left: ':---', center: ':---:', right: '---:', none: '---' } as const;
