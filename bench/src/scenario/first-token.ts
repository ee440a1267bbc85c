import { budgets } from '../report/budgets.ts';
import type { Subject, SubjectName } from '../subject/subject.ts';
import type { BenchContext, Scenario } from './bench-context.ts';
import { addedToDirect, cpuPerAnswer, medianOfRounds, quantileOfRounds } from './columns.ts';
import { runRounds, runWindow } from './window.ts';

const scenario = 'first-token';

type Rates = Readonly<Partial<Record<SubjectName, number>>>;

/** Open arrivals at one rate for all: half of what we can take on SQLite. */
export const firstToken: Scenario = {
  name: scenario,
  title: 'Time to first text at half load, open arrivals',
  async run(context) {
    const { seconds } = context.plan.firstToken;
    const subjects = await context.subjects();
    await context.vendor.pace({ firstMs: 10, gapMs: 1 });
    const rates = await ratesFor(context, subjects);
    const windows = await runRounds(context, subjects, (round, name) => ({
      kind: 'open',
      ratePerSecond: rates[name] ?? 1,
      seconds,
      seed: 1_000 + round,
    }));
    const [p50, p99] = [quantileOfRounds(windows, 'firstTextMs', 0.5), quantileOfRounds(windows, 'firstTextMs', 0.99)];
    const unit = 'ms';
    return [
      {
        scenario,
        name: 'arrivals',
        unit: '1/s',
        hasRatio: false,
        values: rates,
      },
      { scenario, name: 'time to first text, p50', unit, ...p50 },
      { scenario, name: 'time to first text, p99', unit, ...p99 },
      {
        scenario,
        name: 'added, p50',
        unit,
        hasRatio: false,
        values: addedToDirect(p50.values),
        budget: budgets.addedFirstTextP50,
        note: 'ours: POST of the message, its transaction, the events request, the commit of the first text',
      },
      { scenario, name: 'added, p99', unit, hasRatio: false, values: addedToDirect(p99.values), budget: budgets.addedFirstTextP99 },
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

/** PostgreSQL on a slow disk takes less than SQLite: it gets half of its own; the others are compared at one rate. */
async function ratesFor(context: BenchContext, subjects: readonly Subject[]): Promise<Rates> {
  const { ratePerSecond, seconds } = context.plan.firstToken;
  if (ratePerSecond !== 'half') return Object.fromEntries(subjects.map(({ name }) => [name, ratePerSecond]));
  const halves: Record<string, number> = {};
  for (const subject of subjects.filter(({ name }) => name !== 'direct')) {
    const { slots } = context.plan.saturation;
    const { report } = await runWindow(context, subject, { kind: 'closed', slots, seconds: Math.min(2, seconds), staggerMs: 45 });
    halves[subject.name] = Math.max(1, (report.completed * 1000) / report.wallMs / 2);
  }
  const common = Math.min(halves['baseline'] ?? 1, halves['sqlite'] ?? 1);
  return { direct: common, baseline: common, sqlite: common, postgres: Math.min(common, halves['postgres'] ?? common) };
}
