import type { SubjectName } from '../subject/subject.ts';
import { judge, type Measure, ratioOf } from './measure.ts';

const subjects = ['direct', 'baseline', 'sqlite', 'postgres'] as const satisfies readonly SubjectName[];
const headings = ['', 'unit', 'direct', 'bare proxy', 'SQLite', 'PostgreSQL', 'SQLite ÷ proxy', '± rounds', 'budget', ''];

/** Absolute values, ratios and budgets as text; one block per scenario. */
export function formatTable(measures: readonly Measure[]): string {
  const measured = measures.filter(({ values }) => Object.keys(values).length > 0);
  const rows = measured.map(toRow);
  const widths = headings.map((heading, column) => Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  const lines: string[] = [line(headings)];
  let scenario = '';
  for (const [index, measure] of measured.entries()) {
    if (measure.scenario !== scenario) lines.push('', measure.scenario);
    scenario = measure.scenario;
    lines.push(line(rows[index] ?? []));
  }
  return lines.join('\n');
}

function toRow(measure: Measure): string[] {
  const ratio = ratioOf(measure, 'sqlite');
  const spread = measure.spread?.sqlite;
  return [
    `  ${measure.name}`,
    measure.unit,
    ...subjects.map((name) => formatNumber(measure.values[name])),
    ratio === undefined ? '' : `${formatNumber(ratio)}×`,
    spread === undefined || spread === 0 ? '' : `${Math.round(spread * 100)} %`,
    formatBudget(measure),
    formatVerdict(measure),
  ];
}

function formatBudget({ budget }: Measure): string {
  return budget ? `≤ ${budget.limit} ${budget.unit}` : '';
}

function formatVerdict(measure: Measure): string {
  const verdict = judge(measure);
  if (!verdict) return '';
  if (verdict.kind === 'unmeasured') return 'not measured';
  return verdict.kind === 'met' ? 'met' : `missed: ${formatNumber(verdict.factor)} × the budget`;
}

/** Three significant digits are more than the machine's noise allows. */
function formatNumber(value: number | undefined): string {
  if (value === undefined) return '';
  if (!Number.isFinite(value)) return '?';
  const size = Math.abs(value);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2);
}
