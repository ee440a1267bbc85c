import { budgets } from '../report/budgets.ts';
import type { Subject } from '../subject/subject.ts';
import type { BenchContext, Scenario } from './bench-context.ts';
import { addedToDirect, cpuPerAnswer, medianOfRounds, quantileOfRounds } from './columns.ts';
import { runRounds, runWindow, warmUp } from './window.ts';

const scenario = 'first-token';

/** Open arrivals at one rate for all: half of what the slowest of us can take. */
export const firstToken: Scenario = {
  name: scenario,
  title: 'Time to first text at half load, open arrivals',
  async run(context) {
    const { seconds } = context.plan.firstToken;
    await context.vendor.pace({ firstMs: 10, gapMs: 1 });
    const subjects = await context.subjects();
    await warmUp(context, subjects);
    const ratePerSecond = await rateFor(context, subjects);
    context.say(`  ${ratePerSecond.toFixed(0)} streams/s`);
    const windows = await runRounds(context, subjects, (round) => ({ kind: 'open', ratePerSecond, seconds, seed: 1_000 + round }));
    const [p50, p99] = [quantileOfRounds(windows, 'firstTextMs', 0.5), quantileOfRounds(windows, 'firstTextMs', 0.99)];
    const unit = 'ms';
    return [
      {
        scenario,
        name: 'arrivals',
        unit: '1/s',
        hasRatio: false,
        values: Object.fromEntries(subjects.map(({ name }) => [name, ratePerSecond])),
      },
      { scenario, name: 'time to first text, p50', unit, ...p50 },
      { scenario, name: 'time to first text, p99', unit, ...p99 },
      {
        scenario,
        name: 'added, p50',
        unit,
        values: addedToDirect(p50.values),
        budget: budgets.addedFirstTextP50,
        note: 'ours: POST of the message, its transaction, the events request, the commit of the first text',
      },
      { scenario, name: 'added, p99', unit, values: addedToDirect(p99.values), budget: budgets.addedFirstTextP99 },
      { scenario, name: 'CPU per answer', unit, ...medianOfRounds(windows, cpuPerAnswer) },
      {
        scenario,
        name: 'lateness of the generator, p99',
        unit,
        hasRatio: false,
        ...quantileOfRounds(windows, 'lagMs', 0.99),
        note: 'part of the times above',
      },
    ];
  },
};

async function rateFor(context: BenchContext, subjects: readonly Subject[]): Promise<number> {
  const { ratePerSecond } = context.plan.firstToken;
  if (ratePerSecond !== 'half') return ratePerSecond;
  const rates: number[] = [];
  for (const subject of subjects.filter(({ name }) => name !== 'direct')) {
    const { slots } = context.plan.saturation;
    const { report } = await runWindow(context, subject, { kind: 'closed', slots, seconds: 2, staggerMs: 45 });
    rates.push(report.perSecond);
  }
  return Math.max(1, Math.min(...rates) / 2);
}
