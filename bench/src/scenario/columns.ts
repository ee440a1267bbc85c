import type { LoadReport } from '../load/load-commands.ts';
import { concatenate, median, quantile, spread } from '../report/statistics.ts';
import type { SubjectName } from '../subject/subject.ts';
import type { Window } from './window.ts';

export type Column = Readonly<Partial<Record<SubjectName, number>>>;
export type Windows = ReadonlyMap<SubjectName, readonly Window[]>;

type SampleName = 'firstTextMs' | 'totalMs' | 'delayMs' | 'lagMs';

/** Median over the rounds of something that each round gives, and how far the rounds lie apart. */
export function medianOfRounds(
  windows: Windows,
  read: (window: Window) => number | undefined,
): { readonly values: Column; readonly spread: Column } {
  const rounds = [...windows]
    .map(([name, of]) => [name, of.map(read).filter((value) => value !== undefined)] as const)
    .filter(([, values]) => values.length > 0);
  return {
    values: Object.fromEntries(rounds.map(([name, values]) => [name, median(values)])),
    spread: Object.fromEntries(rounds.map(([name, values]) => [name, spread(values)])),
  };
}

/** Quantile over the samples of all rounds together, and how far the rounds' own quantiles lie apart. */
export function quantileOfRounds(
  windows: Windows,
  sample: SampleName,
  share: number,
): { readonly values: Column; readonly spread: Column } {
  const columns = [...windows].map(([name, of]) => [name, of.map(({ report }) => report[sample])] as const);
  return {
    values: Object.fromEntries(columns.map(([name, rounds]) => [name, quantile(concatenate(rounds), share)])),
    spread: Object.fromEntries(columns.map(([name, rounds]) => [name, spread(rounds.map((round) => quantile(round, share)))])),
  };
}

/** What a subject adds to talking to the vendor directly. */
export function addedToDirect(values: Column): Column {
  const { direct = Number.NaN, ...others } = values;
  return Object.fromEntries(Object.entries(others).map(([name, value]) => [name, value - direct]));
}

/** Unmeasured for `direct`, which has no process of its own. */
export function cpuPerAnswer({ subject, cpuMs, report }: Window): number | undefined {
  return subject === 'direct' ? undefined : perAnswer(cpuMs, report);
}

export function databaseCpuPerAnswer({ subject, databaseCpuMs, report }: Window): number | undefined {
  return subject === 'postgres' && databaseCpuMs > 0 ? perAnswer(databaseCpuMs, report) : undefined;
}

function perAnswer(cpuMs: number, { completed }: LoadReport): number {
  return completed === 0 ? Number.NaN : cpuMs / completed;
}
