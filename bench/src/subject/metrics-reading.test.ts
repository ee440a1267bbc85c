import { expect, test } from 'vitest';
import { metricGrowth, metricSum, parseMetrics } from './metrics-reading.ts';

const page = `# HELP mmc_runs_total Runs
# TYPE mmc_runs_total counter
mmc_runs_total{state="completed",model="a b"} 3
mmc_runs_total{state="failed",model="c"} 1
mmc_runs_active 0
`;

test('a metric is the sum over its labels', () => {
  const reading = parseMetrics(page);
  expect(metricSum(reading, 'mmc_runs_total')).toBe(4);
  expect(metricSum(reading, 'mmc_runs_active')).toBe(0);
  expect(metricSum(reading, 'mmc_runs')).toBeUndefined();
});

test('a metric that appeared in between has grown from zero', () => {
  expect(metricGrowth(parseMetrics(''), parseMetrics(page), 'mmc_runs_total')).toBe(4);
  expect(metricGrowth(parseMetrics(page), parseMetrics(page), 'mmc_runs_total')).toBe(0);
  expect(metricGrowth(parseMetrics(page), parseMetrics(page), 'other')).toBeUndefined();
});
