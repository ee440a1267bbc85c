import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { monotonicUs } from '../process/monotonic.ts';
import { cpuMs, residentBytes } from '../process/process-usage.ts';
import { makeTemporaryFolder } from '../process/temporary-folder.ts';
import { budgets } from '../report/budgets.ts';
import type { Measure } from '../report/measure.ts';
import { median, spread } from '../report/statistics.ts';
import { startServer } from '../subject/server-process.ts';
import { startBaseline } from '../subject/start-subjects.ts';
import type { BenchContext, Scenario } from './bench-context.ts';

const scenario = 'start';
const megabyte = 1024 * 1024;

interface StartReading {
  readonly readyMs: number;
  readonly readyCpuMs: number;
  readonly idleBytes: number;
}

/** From spawn to ready, and what a server that nobody uses weighs. */
export const start: Scenario = {
  name: scenario,
  title: 'Start to ready and idle memory',
  async run(context) {
    const [cold, warm, baseline]: [StartReading[], StartReading[], StartReading[]] = [[], [], []];
    for (let time = 0; time < context.plan.start.times; time += 1) {
      await using folder = await makeTemporaryFolder('start');
      cold.push(await ourStart(context, folder.path));
      warm.push(await ourStart(context, folder.path));
      baseline.push(await bareStart(context));
    }
    const of = (readings: readonly StartReading[], read: (reading: StartReading) => number): number => median(readings.map(read));
    const readyMs = ({ readyMs: ms }: StartReading): number => ms;
    const cpu = ({ readyCpuMs: ms }: StartReading): number => ms;
    const idle = ({ idleBytes }: StartReading): number => idleBytes / megabyte;
    const spreadOf = (readings: readonly StartReading[]): Measure['spread'] => ({ sqlite: spread(readings.map(readyMs)) });
    const { idleMs } = context.plan.start;
    const both = (read: (reading: StartReading) => number): Measure['values'] => ({ baseline: of(baseline, read), sqlite: of(warm, read) });
    return [
      { scenario, name: 'cold: no data, no compile cache', unit: 'ms', values: { sqlite: of(cold, readyMs) }, spread: spreadOf(cold) },
      { scenario, name: 'warm', unit: 'ms', values: both(readyMs), spread: spreadOf(warm), budget: budgets.warmStart },
      {
        scenario,
        name: 'warm: CPU until ready',
        unit: 'ms',
        values: both(cpu),
        note: 'what is left of the time on a machine that does something else too',
      },
      { scenario, name: `idle memory after ${idleMs} ms`, unit: 'MB', values: both(idle), budget: budgets.idleMemory },
    ];
  },
};

async function ourStart(context: BenchContext, folder: string): Promise<StartReading> {
  await using server = await startServer({ vendorUrl: context.vendor.url, folder, compileCache: join(folder, 'compile-cache') });
  const readyCpuMs = cpuMs(server.pid);
  const { status } = await fetch(`${server.url}/readyz`);
  context.ledger.check(status === 200, `start: the server called itself ready, /readyz answered ${status}`);
  await sleep(context.plan.start.idleMs);
  return { readyMs: server.readyMs, readyCpuMs, idleBytes: residentBytes(server.pid) };
}

async function bareStart(context: BenchContext): Promise<StartReading> {
  const beginUs = monotonicUs();
  await using proxy = await startBaseline(context.vendor.url);
  const readyMs = (monotonicUs() - beginUs) / 1000;
  const readyCpuMs = cpuMs(proxy.pid ?? 0);
  await sleep(context.plan.start.idleMs);
  return { readyMs, readyCpuMs, idleBytes: residentBytes(proxy.pid ?? 0) };
}
