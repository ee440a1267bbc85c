import { budgets } from '../report/budgets.ts';
import type { Scenario } from './bench-context.ts';
import { cpuPerAnswer, databaseCpuPerAnswer, medianOfRounds } from './columns.ts';
import { runRounds } from './window.ts';

/** As many streams as go through, and what each costs then. */
export const saturation: Scenario = {
  name: 'saturation',
  title: 'Answers of 31 events (10 ms to the first, 1 ms between) at saturation',
  async run(context) {
    const { seconds, slots } = context.plan.saturation;
    const subjects = await context.subjects();
    await context.vendor.pace({ firstMs: 10, gapMs: 1 });
    const windows = await runRounds(context, subjects, () => ({ kind: 'closed', slots, seconds, staggerMs: 45 }));
    const scenario = 'saturation';
    return [
      { scenario, name: 'streams per second', unit: '1/s', ...medianOfRounds(windows, ({ report }) => report.perSecond) },
      {
        scenario,
        name: 'CPU per answer',
        unit: 'ms',
        ...medianOfRounds(windows, cpuPerAnswer),
        budget: budgets.cpuPerStream,
        note: 'the budget is for /v1/chat/completions, which has no log; this is the logged path of the page',
      },
      { scenario, name: 'CPU of the database per answer', unit: 'ms', ...medianOfRounds(windows, databaseCpuPerAnswer) },
      {
        scenario,
        name: 'share of one core used',
        unit: '%',
        hasRatio: false,
        ...medianOfRounds(windows, (window) => (window.subject === 'direct' ? undefined : (100 * window.cpuMs) / window.report.wallMs)),
        note: 'well below 100: generator and vendor were the limit',
      },
    ];
  },
};
