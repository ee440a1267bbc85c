import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { monotonicUs } from '../process/monotonic.ts';
import { residentBytes } from '../process/process-usage.ts';
import { makeTemporaryFolder } from '../process/temporary-folder.ts';
import { budgets } from '../report/budgets.ts';
import { median, spread } from '../report/statistics.ts';
import { startServer } from '../subject/server-process.ts';
import { startBaseline } from '../subject/start-subjects.ts';
import type { BenchContext, Scenario } from './bench-context.ts';

const scenario = 'start';
const megabyte = 1024 * 1024;

interface StartReading {
  readonly readyMs: number;
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
    const ready = (readings: readonly StartReading[]): number => median(readings.map(({ readyMs }) => readyMs));
    const idle = (readings: readonly StartReading[]): number => median(readings.map(({ idleBytes }) => idleBytes / megabyte));
    const values = { baseline: ready(baseline), sqlite: ready(warm) };
    return [
      {
        scenario,
        name: 'cold: no data, no compile cache',
        unit: 'ms',
        values: { sqlite: ready(cold) },
        spread: { sqlite: spread(cold.map(({ readyMs }) => readyMs)) },
      },
      {
        scenario,
        name: 'warm',
        unit: 'ms',
        values,
        spread: { sqlite: spread(warm.map(({ readyMs }) => readyMs)) },
        budget: budgets.warmStart,
      },
      {
        scenario,
        name: `idle memory after ${context.plan.start.idleMs} ms`,
        unit: 'MB',
        values: { baseline: idle(baseline), sqlite: idle(warm) },
        budget: budgets.idleMemory,
      },
    ];
  },
};

async function ourStart(context: BenchContext, folder: string): Promise<StartReading> {
  await using server = await startServer({ vendorUrl: context.vendor.url, folder, compileCache: join(folder, 'compile-cache') });
  const { status } = await fetch(`${server.url}/readyz`);
  context.ledger.check(status === 200, `start: the server called itself ready, /readyz answered ${status}`);
  await sleep(context.plan.start.idleMs);
  return { readyMs: server.readyMs, idleBytes: residentBytes(server.pid) };
}

async function bareStart(context: BenchContext): Promise<StartReading> {
  const beginUs = monotonicUs();
  await using proxy = await startBaseline(context.vendor.url);
  const readyMs = (monotonicUs() - beginUs) / 1000;
  await sleep(context.plan.start.idleMs);
  return { readyMs, idleBytes: residentBytes(proxy.pid ?? 0) };
}
