import { setTimeout as sleep } from 'node:timers/promises';
import { residentBytes } from '../process/process-usage.ts';
import { budgets } from '../report/budgets.ts';
import type { Measure } from '../report/measure.ts';
import { startBaseline, startOurs } from '../subject/start-subjects.ts';
import type { Subject } from '../subject/subject.ts';
import type { BenchContext, Scenario } from './bench-context.ts';
import { checkNothingOpen, runWindow, settledCounters } from './window.ts';

const scenario = 'memory';
const megabyte = 1024 * 1024;

interface MemoryReading {
  readonly beforeBytes: number;
  readonly openBytes: number;
  readonly settledBytes: number;
}

/** Resident memory of many streams that have begun and stand still. Fresh processes: a used heap would hide them in its slack. */
export const memory: Scenario = {
  name: scenario,
  title: 'Memory of open streams',
  async run(context) {
    const { streams } = context.plan.memory;
    const readings: [string, MemoryReading][] = [];
    for (const start of [() => startBaseline(context.vendor.url), () => startOurs({ vendorUrl: context.vendor.url })]) {
      await using subject = await start();
      readings.push([subject.name, await measure(context, subject)]);
    }
    const column = (read: (reading: MemoryReading) => number): Measure['values'] =>
      Object.fromEntries(readings.map(([name, reading]) => [name, read(reading)]));
    return [
      {
        scenario,
        name: `per stream, ${streams} open`,
        unit: 'KB',
        values: column(({ beforeBytes, openBytes }) => (openBytes - beforeBytes) / streams / 1024),
        budget: budgets.memoryPerStream,
      },
      { scenario, name: 'resident before', unit: 'MB', values: column(({ beforeBytes }) => beforeBytes / megabyte) },
      { scenario, name: `resident with ${streams} open`, unit: 'MB', values: column(({ openBytes }) => openBytes / megabyte) },
      {
        scenario,
        name: 'resident after they closed',
        unit: 'MB',
        values: column(({ settledBytes }) => settledBytes / megabyte),
        note: `after ${context.plan.memory.settleMs} ms, no collection forced`,
      },
    ];
  },
};

async function measure(context: BenchContext, subject: Subject): Promise<MemoryReading> {
  const { streams, settleMs } = context.plan.memory;
  const { pid = 0, name, target } = subject;
  await context.vendor.pace({ firstMs: 10, gapMs: 1 });
  await runWindow(context, subject, { kind: 'closed', slots: 16, seconds: context.plan.warmUpSeconds, staggerMs: 0 });
  await sleep(settleMs / 2);
  const beforeBytes = residentBytes(pid);
  await context.vendor.pace({ firstMs: 10, gapMs: 1, holdAfter: 1 });
  const counted = await context.vendor.counters();
  const opened = await context.load.call('hold', { target, count: streams });
  await sleep(settleMs / 2);
  const openBytes = residentBytes(pid);
  const released = await context.load.call('release', undefined);
  const after = await settledCounters(context);
  const { ledger } = context;
  for (const problem of [...opened.problems, ...released.problems]) ledger.violate(`memory, ${name}: ${problem}`);
  const cancelled = after.cancelled - counted.cancelled;
  ledger.check(opened.held === streams, `memory, ${name}: ${opened.held} of ${streams} streams were held`);
  ledger.check(cancelled === streams, `memory, ${name}: ${streams} streams were let go, ${cancelled} answers cancelled at the vendor`);
  ledger.check(after.open === 0, `memory, ${name}: ${after.open} answers left open at the vendor`);
  ledger.totals.started += after.started - counted.started;
  ledger.totals.cancelled += cancelled;
  await checkNothingOpen(context, subject);
  await context.load.call('rest', undefined);
  await sleep(settleMs);
  return { beforeBytes, openBytes, settledBytes: residentBytes(pid) };
}
