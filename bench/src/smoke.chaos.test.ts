import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const main = new URL('./main.ts', import.meta.url).pathname;

test('the bench runs every scenario and finds every answer right', { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'multimodel-bench-smoke-'));
  const json = join(folder, 'results.json');
  try {
    const { stdout } = await run(process.execPath, [main, '--smoke', '--no-postgres', '--json', json]);
    expect(stdout).toContain('0 violations');
    const { correctness, measures } = JSON.parse(await readFile(json, 'utf8'));
    expect(correctness).toMatchObject({ violationCount: 0, violations: [] });
    expect(correctness.started).toBeGreaterThan(50);
    expect(correctness.started).toBe(correctness.completed + correctness.cancelled);
    const scenarios = new Set(measures.map((measure: { scenario: string }) => measure.scenario));
    expect([...scenarios]).toEqual(['start', 'memory', 'saturation', 'first-token', 'plain', 'logging', 'history']);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
