import type { SubjectName } from '../subject/subject.ts';

/** A line of DESIGN.md section 12, held against our server on SQLite. */
export interface Budget {
  readonly limit: number;
  /** `value`: the number itself; `ratio`: divided by the bare proxy's. */
  readonly of: 'value' | 'ratio';
  readonly unit: string;
}

export interface Measure {
  readonly scenario: string;
  readonly name: string;
  readonly unit: string;
  readonly values: Readonly<Partial<Record<SubjectName, number>>>;
  /** Spread between the rounds, as a part of the median; per subject. */
  readonly spread?: Readonly<Partial<Record<SubjectName, number>>> | undefined;
  readonly budget?: Budget | undefined;
  /** False where a ratio to the bare proxy says nothing. */
  readonly hasRatio?: boolean | undefined;
  readonly note?: string | undefined;
}

export type Verdict =
  | { readonly kind: 'met' | 'missed'; readonly value: number; readonly factor: number }
  | { readonly kind: 'unmeasured' };

export function ratioOf({ values, hasRatio = true }: Measure, subject: SubjectName): number | undefined {
  const [ours, baseline] = [values[subject], values.baseline];
  if (!hasRatio || ours === undefined || baseline === undefined || baseline === 0) return undefined;
  return ours / baseline;
}

export function judge(measure: Measure): Verdict | undefined {
  const { budget } = measure;
  if (!budget) return undefined;
  const value = budget.of === 'ratio' ? ratioOf(measure, 'sqlite') : measure.values.sqlite;
  if (value === undefined || Number.isNaN(value)) return { kind: 'unmeasured' };
  return { kind: value <= budget.limit ? 'met' : 'missed', value, factor: value / budget.limit };
}
