import { setTimeout as sleep } from 'node:timers/promises';
import type { HoldReport } from '../load/load-commands.ts';
import { residentBytes } from '../process/process-usage.ts';
import { budgets } from '../report/budgets.ts';
import type { Measure } from '../report/measure.ts';
import { startBaseline, startOurs } from '../subject/start-subjects.ts';
import type { Subject } from '../subject/subject.ts';
import type { VendorCounters } from '../vendor/vendor-commands.ts';
import type { BenchContext, Scenario } from './bench-context.ts';
import { checkNothingOpen, runWindow, settledCounters } from './window.ts';

const scenario = 'memory';
const megabyte = 1024 * 1024;

interface MemoryReading {
  readonly beforeBytes: number;
  readonly openBytes: number;
  readonly openLiveBytes: number;
  readonly closedBytes: number;
  readonly closedLiveBytes: number;
}

/** A way to ask a process for a collection: what is garbage and what is held look the same from outside. */
const collectSignal = 'SIGUSR2';
const nodeOptions = ['--expose-gc', '--import', `data:text/javascript,process.on('${collectSignal}',()=>gc())`];
/** A collection of a heap of hundreds of megabytes is over by then. */
const longestCollectMs = 500;

/** Resident memory of many streams that have begun and stand still. Fresh processes: a used heap would hide them in its slack. */
export const memory: Scenario = {
  name: scenario,
  title: 'Memory of open streams',
  async run(context) {
    const { streams, settleMs } = context.plan.memory;
    const { url: vendorUrl } = context.vendor;
    const readings: [string, MemoryReading][] = [];
    for (const start of [() => startBaseline(vendorUrl, nodeOptions), () => startOurs({ vendorUrl, nodeOptions })]) {
      await using subject = await start();
      readings.push([subject.name, await measure(context, subject)]);
    }
    const megabytes = (read: (reading: MemoryReading) => number): Measure['values'] =>
      Object.fromEntries(readings.map(([name, reading]) => [name, read(reading) / megabyte]));
    const perStream = (read: (reading: MemoryReading) => number): Measure['values'] =>
      Object.fromEntries(readings.map(([name, reading]) => [name, (read(reading) - reading.beforeBytes) / streams / 1024]));
    const [unit, note] = ['MB', `${settleMs} ms after`];
    return [
      {
        scenario,
        name: `per stream, ${streams} open`,
        unit: 'KB',
        values: perStream(({ openBytes }) => openBytes),
        budget: budgets.memoryPerStream,
      },
      { scenario, name: 'per stream, garbage collected', unit: 'KB', values: perStream(({ openLiveBytes }) => openLiveBytes) },
      { scenario, name: 'resident before', unit, values: megabytes(({ beforeBytes }) => beforeBytes) },
      { scenario, name: `resident with ${streams} open`, unit, values: megabytes(({ openBytes }) => openBytes) },
      { scenario, name: 'resident after they closed', unit, values: megabytes(({ closedBytes }) => closedBytes), note },
      { scenario, name: 'resident after that, garbage collected', unit, values: megabytes(({ closedLiveBytes }) => closedLiveBytes) },
    ];
  },
};

async function measure(context: BenchContext, subject: Subject): Promise<MemoryReading> {
  const { streams, settleMs } = context.plan.memory;
  const { pid = 0, target } = subject;
  await context.vendor.pace({ firstMs: 10, gapMs: 1 });
  await runWindow(context, subject, { kind: 'closed', slots: 16, seconds: context.plan.warmUpSeconds, staggerMs: 0 });
  await sleep(settleMs / 2);
  const beforeBytes = await liveBytes(pid, settleMs);
  await context.vendor.pace({ firstMs: 10, gapMs: 1, holdAfter: 1 });
  const counted = await context.vendor.counters();
  const opened = await context.load.call('hold', { target, count: streams });
  await sleep(settleMs / 2);
  const openBytes = residentBytes(pid);
  const openLiveBytes = await liveBytes(pid, settleMs);
  const released = await context.load.call('release', undefined);
  await enter(context, subject, { opened, released, counted });
  await context.load.call('rest', undefined);
  await sleep(settleMs);
  const closedBytes = residentBytes(pid);
  return { beforeBytes, openBytes, openLiveBytes, closedBytes, closedLiveBytes: await liveBytes(pid, settleMs) };
}

async function liveBytes(pid: number, settleMs: number): Promise<number> {
  process.kill(pid, collectSignal);
  await sleep(Math.min(longestCollectMs, settleMs));
  return residentBytes(pid);
}

interface Holding {
  readonly opened: HoldReport;
  readonly released: HoldReport;
  readonly counted: VendorCounters;
}

/** Letting go must reach the vendor: every held answer is cancelled there, and nothing stays open. */
async function enter(context: BenchContext, subject: Subject, { opened, released, counted }: Holding): Promise<void> {
  const { ledger, plan } = context;
  const { streams } = plan.memory;
  const after = await settledCounters(context);
  const of = `memory, ${subject.name}`;
  for (const problem of [...opened.problems, ...released.problems]) ledger.violate(`${of}: ${problem}`);
  const cancelled = after.cancelled - counted.cancelled;
  ledger.check(opened.held === streams, `${of}: ${opened.held} of ${streams} streams were held`);
  ledger.check(cancelled === streams, `${of}: ${streams} streams were let go, ${cancelled} answers cancelled at the vendor`);
  ledger.check(after.open === 0, `${of}: ${after.open} answers left open at the vendor`);
  ledger.totals.started += after.started - counted.started;
  ledger.totals.cancelled += cancelled;
  await checkNothingOpen(context, subject);
}
