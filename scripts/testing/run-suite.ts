import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runAllChecks } from '../checks/all-checks.ts';
import { binaryOf, compileCatalogue } from '../checks/tools.ts';
import { buildWebIfStale } from '../launcher/web-build.mjs';
import { colours } from '../process/colours.ts';
import { type CommandResult, runNode } from '../process/run-command.ts';
import type { Suite } from './suites.ts';
import { addTallies, noTests, repeatedIn, type Tally, tallyOfPlaywright, tallyOfVitest } from './tally.ts';

export interface SuiteResult extends Tally {
  readonly elapsedMs: number;
  /** Printed when something failed. */
  readonly details: string;
}

export interface SuiteOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

type Outcome = Omit<SuiteResult, 'elapsedMs'>;

const oneFailure = (details: string): Outcome => ({ passed: 0, failed: 1, skipped: 0, details });

/** A runner that ends badly with no failed test to show (a crash, an unhandled error, no test found) is one failure. */
export function outcomeOf(tally: Tally, { exitCode, output }: Pick<CommandResult, 'exitCode' | 'output'>): Outcome {
  const crash = exitCode !== 0 && tally.failed === 0 ? 1 : 0;
  return { ...addTallies(tally, { ...noTests, failed: crash }), details: output };
}

async function runChecks(): Promise<Outcome> {
  const { text, ...tally } = await runAllChecks([], () => undefined);
  return { ...tally, details: text };
}

async function withReport(run: (path: string) => Promise<CommandResult>, count: (report: unknown) => Tally): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'multimodel-report-'));
  try {
    const path = join(folder, 'report.json');
    const result = await run(path);
    return outcomeOf(existsSync(path) ? count(JSON.parse(readFileSync(path, 'utf8'))) : noTests, result);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runVitest(project: string, options: SuiteOptions): Promise<Outcome> {
  const texts = await compileCatalogue();
  if (texts.state === 'failed') return oneFailure(texts.output);
  const vitest = [binaryOf('vitest', 'vitest'), 'run', '--project', project, '--reporter=dot', '--reporter=json'];
  return withReport((path) => runNode([...vitest, `--outputFile.json=${path}`], options), tallyOfVitest);
}

async function runPlaywright(config: string, { env, signal }: SuiteOptions): Promise<Outcome> {
  const args = [binaryOf('@playwright/test', 'playwright'), 'test', '--config', config, '--reporter=line,json'];
  let repeated = 0;
  const count = (report: unknown): Tally => {
    repeated = repeatedIn(report);
    return tallyOfPlaywright(report);
  };
  const outcome = await withReport((path) => runNode(args, { signal, env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: path } }), count);
  if (repeated > 0) console.log(`passed only when repeated, look into it: ${repeated}\n${outcome.details.slice(-2_000)}`);
  return outcome;
}

async function run({ runner, needsPage }: Suite, given: SuiteOptions): Promise<Outcome> {
  const options = { ...given, env: { ...colours, ...given.env } };
  if (needsPage) await buildWebIfStale({ root: process.cwd(), node: process.execPath, say: () => undefined });
  if (runner === 'checks') return runChecks();
  return 'vitest' in runner ? runVitest(runner.vitest, options) : runPlaywright(runner.playwright, options);
}

export async function runSuite(suite: Suite, options: SuiteOptions): Promise<SuiteResult> {
  const startedAt = performance.now();
  const outcome = await run(suite, options).catch((error: unknown) => oneFailure(error instanceof Error ? error.message : String(error)));
  return { ...outcome, elapsedMs: performance.now() - startedAt };
}
