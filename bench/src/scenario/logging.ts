import type { Measure } from '../report/measure.ts';
import type { BenchContext, Scenario } from './bench-context.ts';
import { cpuPerAnswer, databaseCpuPerAnswer, medianOfRounds, quantileOfRounds } from './columns.ts';
import { growth, runRounds, type Window } from './window.ts';

const scenario = 'logging';
const commitCount = 'mmc_run_log_commit_events_count';
const eventCount = 'mmc_run_log_commit_events_sum';
const commitSeconds = 'mmc_run_log_commit_seconds_sum';

/** The price of logging before showing: what a commit between vendor and watcher costs in CPU and in delay, at a natural pace. */
export const logging: Scenario = {
  name: scenario,
  title: 'Logging before showing, 20 ms between events',
  async run(context) {
    await context.subjects();
    await context.vendor.pace({ firstMs: context.plan.logging.gapMs, gapMs: context.plan.logging.gapMs });
    const measures: Measure[] = [];
    for (const concurrent of context.plan.logging.concurrent) measures.push(...(await atConcurrency(context, concurrent)));
    return measures;
  },
};

async function atConcurrency(context: BenchContext, concurrent: number): Promise<Measure[]> {
  const { seconds, gapMs } = context.plan.logging;
  const subjects = await context.subjects();
  const windows = await runRounds(context, subjects, () => ({ kind: 'closed', slots: concurrent, seconds, staggerMs: 31 * gapMs }));
  const at = `${concurrent} at once`;
  return [
    { scenario, name: `${at}: delay of an event, p50`, unit: 'ms', ...quantileOfRounds(windows, 'delayMs', 0.5) },
    { scenario, name: `${at}: delay of an event, p99`, unit: 'ms', ...quantileOfRounds(windows, 'delayMs', 0.99) },
    { scenario, name: `${at}: CPU per answer`, unit: 'ms', ...medianOfRounds(windows, cpuPerAnswer) },
    { scenario, name: `${at}: CPU of the database per answer`, unit: 'ms', ...medianOfRounds(windows, databaseCpuPerAnswer) },
    { scenario, name: `${at}: commits per second`, unit: '1/s', ...medianOfRounds(windows, commitsPerSecond) },
    { scenario, name: `${at}: events per commit`, unit: '', ...medianOfRounds(windows, eventsPerCommit) },
    { scenario, name: `${at}: time of a commit`, unit: 'ms', ...medianOfRounds(windows, commitMs) },
  ];
}

function commitsPerSecond(window: Window): number | undefined {
  const commits = growth(window, commitCount);
  return commits === undefined ? undefined : (commits * 1000) / window.report.wallMs;
}

function eventsPerCommit(window: Window): number | undefined {
  const [commits, events] = [growth(window, commitCount), growth(window, eventCount)];
  return commits === undefined || events === undefined || commits === 0 ? undefined : events / commits;
}

function commitMs(window: Window): number | undefined {
  const [commits, seconds] = [growth(window, commitCount), growth(window, commitSeconds)];
  return commits === undefined || seconds === undefined || commits === 0 ? undefined : (seconds * 1000) / commits;
}
