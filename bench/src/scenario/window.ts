import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from '../load/arrivals.ts';
import type { Arrivals, LoadReport } from '../load/load-commands.ts';
import { type MetricsReading, metricGrowth, metricSum } from '../subject/metrics-reading.ts';
import { cpuSince, readCpu, type Subject, type SubjectName } from '../subject/subject.ts';
import type { VendorCounters } from '../vendor/vendor-commands.ts';
import type { BenchContext } from './bench-context.ts';

/** One subject under one load for a while. */
export interface Window {
  readonly subject: SubjectName;
  readonly report: LoadReport;
  readonly cpuMs: number;
  readonly databaseCpuMs: number;
  readonly metrics?: { readonly before: MetricsReading; readonly after: MetricsReading } | undefined;
}

const settleLimitMs = 3_000;

/** Loads a subject, reads its costs, and enters into the ledger whether every answer arrived whole, once, and left nothing open. */
export async function runWindow(context: BenchContext, subject: Subject, arrivals: Arrivals): Promise<Window> {
  const counted = await context.vendor.counters();
  const before = await subject.metrics?.();
  const cpu = readCpu(subject);
  const report = await context.load.call('run', { target: subject.target, arrivals });
  const { ownMs, databaseMs } = cpuSince(subject, cpu);
  const after = await subject.metrics?.();
  await enter(context, subject, report, counted);
  await checkNothingOpen(context, subject);
  return { subject: subject.name, report, cpuMs: ownMs, databaseCpuMs: databaseMs, metrics: before && after && { before, after } };
}

/** The rounds of all subjects, interleaved in an order of chance, so that a busy minute of the machine hits all of them. */
export async function runRounds(
  context: BenchContext,
  subjects: readonly Subject[],
  arrivalsOf: (round: number, subject: SubjectName) => Arrivals,
): Promise<ReadonlyMap<SubjectName, readonly Window[]>> {
  const windows = new Map<SubjectName, Window[]>(subjects.map(({ name }) => [name, []]));
  for (let round = 0; round < context.plan.rounds; round += 1) {
    for (const subject of shuffled(subjects, round + 1)) {
      windows.get(subject.name)?.push(await runWindow(context, subject, arrivalsOf(round, subject.name)));
    }
  }
  return windows;
}

/** Code that has never run is slow: nobody is measured cold. */
export async function warmUp(context: BenchContext, subjects: readonly Subject[]): Promise<void> {
  for (const subject of subjects) {
    await runWindow(context, subject, { kind: 'closed', slots: 16, seconds: context.plan.warmUpSeconds, staggerMs: 0 });
  }
}

/** Waits until the vendor has no answer open any more. */
export async function settledCounters(context: BenchContext): Promise<VendorCounters> {
  for (let waitedMs = 0; ; waitedMs += 10) {
    const counters = await context.vendor.counters();
    if (counters.open === 0 || waitedMs >= settleLimitMs) return counters;
    await sleep(10);
  }
}

async function enter(context: BenchContext, { name, target }: Subject, report: LoadReport, before: VendorCounters): Promise<void> {
  const { ledger } = context;
  const after = await settledCounters(context);
  const [started, completed, cancelled] = [
    after.started - before.started,
    after.completed - before.completed,
    after.cancelled - before.cancelled,
  ];
  const bytes = after.bytes - before.bytes;
  for (const problem of report.problems) ledger.violate(`${name}: ${problem}`);
  ledger.check(report.started > 0, `${name}: no stream was begun`);
  ledger.check(report.problemCount === 0, `${name}: ${report.problemCount} problems in ${report.started} streams`);
  ledger.check(report.started === report.completed, `${name}: ${report.started} streams begun, ${report.completed} whole`);
  ledger.check(
    started === completed + cancelled,
    `${name}: the vendor started ${started} answers, completed ${completed}, cancelled ${cancelled}`,
  );
  ledger.check(started === report.started, `${name}: ${report.started} streams begun, ${started} answers started at the vendor`);
  ledger.check(completed === report.completed, `${name}: ${report.completed} streams whole, ${completed} answers completed at the vendor`);
  ledger.check(after.open === 0, `${name}: ${after.open} answers left open at the vendor`);
  if (target.kind === 'vendor') ledger.check(bytes === report.bytes, `${name}: the vendor sent ${bytes} bytes, ${report.bytes} arrived`);
  ledger.totals.started += started;
  ledger.totals.completed += completed;
  ledger.totals.cancelled += cancelled;
  ledger.totals.bytes += bytes;
}

/** Our server's own word: no run at work, no reader left. */
export async function checkNothingOpen({ ledger }: BenchContext, { name, metrics }: Subject): Promise<void> {
  for (let waitedMs = 0; metrics !== undefined; waitedMs += 20) {
    const reading = await metrics();
    const [runs, streams] = [metricSum(reading, 'mmc_runs_active'), metricSum(reading, 'mmc_event_streams_open')];
    if (runs === 0 && streams === 0) return;
    if (waitedMs >= settleLimitMs) {
      ledger.violate(`${name}: ${runs} runs and ${streams} event streams left open at the server`);
      return;
    }
    await sleep(20);
  }
}

function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
  const random = seededRandom(seed);
  return items
    .map((item) => ({ item, place: random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

/** Growth of a metric over a window, per second of it; `undefined` when the subject does not export it. */
export function growth({ metrics }: Window, name: string): number | undefined {
  return metrics && metricGrowth(metrics.before, metrics.after, name);
}
