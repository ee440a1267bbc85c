/** One number of the page, beside the same number of the comparison where there is one. */
export interface WebMeasure {
  readonly scenario: string;
  readonly name: string;
  readonly unit: string;
  readonly ours: number;
  /** A plain react-markdown page that was given the same. */
  readonly plain?: number | undefined;
  /** At most; absent = shown only. */
  readonly budget?: number | undefined;
}

export function verdictOf({ ours, budget }: WebMeasure): 'met' | 'missed' | 'not measured' | undefined {
  if (budget === undefined) return undefined;
  if (!Number.isFinite(ours)) return 'not measured';
  return ours <= budget ? 'met' : 'missed';
}

const headings = ['', 'unit', 'page', 'react-markdown', 'budget', ''];

export function formatWebTable(measures: readonly WebMeasure[]): string {
  const rows = measures.map((measure) => [
    `  ${measure.name}`,
    measure.unit,
    formatNumber(measure.ours),
    formatNumber(measure.plain),
    measure.budget === undefined ? '' : `≤ ${measure.budget}`,
    verdictOf(measure) ?? '',
  ]);
  const widths = headings.map((heading, column) => Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  const lines = [line(headings)];
  let scenario = '';
  for (const [index, measure] of measures.entries()) {
    if (measure.scenario !== scenario) lines.push('', measure.scenario);
    scenario = measure.scenario;
    lines.push(line(rows[index] ?? []));
  }
  return lines.join('\n');
}

function formatNumber(value: number | undefined): string {
  if (value === undefined) return '';
  if (!Number.isFinite(value)) return '?';
  const size = Math.abs(value);
  return value.toFixed(size >= 100 || Number.isInteger(value) ? 0 : size >= 10 ? 1 : 2);
}
