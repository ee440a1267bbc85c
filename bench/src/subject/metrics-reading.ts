/** Samples of one /metrics page: name with labels → value. */
export type MetricsReading = ReadonlyMap<string, number>;

export function parseMetrics(page: string): MetricsReading {
  const samples = new Map<string, number>();
  for (const line of page.split('\n')) {
    const end = line.lastIndexOf(' ');
    if (end > 0 && !line.startsWith('#')) samples.set(line.slice(0, end), Number(line.slice(end + 1)));
  }
  return samples;
}

/** Sum over all labels; `undefined` when the page has no such metric. */
export function metricSum(reading: MetricsReading, name: string): number | undefined {
  const values = [...reading].filter(([key]) => key === name || key.startsWith(`${name}{`)).map(([, value]) => value);
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0);
}

export function metricGrowth(before: MetricsReading, after: MetricsReading, name: string): number | undefined {
  const [from, to] = [metricSum(before, name), metricSum(after, name)];
  return to === undefined ? undefined : to - (from ?? 0);
}
