import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type BenchOptions, parseOptions, usage } from './options.ts';
import { profileServer } from './profile/profile-server.ts';
import { formatTable } from './report/format-table.ts';
import type { Ledger } from './report/ledger.ts';
import { describeMachine } from './report/machine.ts';
import { judge } from './report/measure.ts';
import { type BenchResult, runBench } from './run-bench.ts';

const profileSeconds = 15;

/** `npm run bench`: measures, prints, stores; exit code 1 when an answer was wrong, whatever the speed. */
async function main(options: BenchOptions): Promise<number> {
  const machine = describeMachine();
  const beganAt = new Date();
  console.log(
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.system}, Node ${machine.node}, load before: ${machine.loadBefore.toFixed(2)}\n`,
  );
  const result = await runBench(options, (line) => console.log(line));
  console.log(`\n${formatTable(result.measures)}\n`);
  for (const { scenario, name, note } of result.measures) if (note !== undefined) console.log(`${scenario}, ${name}: ${note}`);
  if (result.skipped !== undefined) console.log(`PostgreSQL was skipped: ${result.skipped}`);
  const path = options.jsonPath ?? defaultPath(beganAt);
  await store(path, { options, machine, beganAt, result });
  console.log(`\nResults: ${path}`);
  return reportLedger(result.ledger);
}

function defaultPath(beganAt: Date): string {
  return join(import.meta.dirname, '../results', `${beganAt.toISOString().replaceAll(/[:.]/g, '-')}.json`);
}

interface Stored {
  readonly options: BenchOptions;
  readonly machine: ReturnType<typeof describeMachine>;
  readonly beganAt: Date;
  readonly result: BenchResult;
}

async function store(path: string, { options, machine, beganAt, result }: Stored): Promise<void> {
  const { measures, ledger, skipped } = result;
  const document = {
    beganAt,
    seconds: (Date.now() - beganAt.getTime()) / 1000,
    plan: options.planName,
    machine,
    postgresSkipped: skipped,
    measures: measures.map((measure) => ({ ...measure, verdict: judge(measure) })),
    correctness: { ...ledger.totals, violationCount: ledger.violationCount, violations: ledger.violations },
  };
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${JSON.stringify(document, undefined, 2)}\n`);
}

function reportLedger({ totals, violations, violationCount }: Ledger): number {
  const { started, completed, cancelled, bytes } = totals;
  console.log(
    `Correctness: ${started} answers started = ${completed} completed + ${cancelled} cancelled, ${bytes} bytes compared; ${violationCount} violations`,
  );
  for (const violation of violations) console.log(`  VIOLATED ${violation}`);
  return violationCount > 0 ? 1 : 0;
}

function readOptions(): BenchOptions | undefined {
  try {
    return parseOptions(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
    return undefined;
  }
}

const options = readOptions();
if (options?.isProfile) console.log(await profileServer(profileSeconds));
else if (options) process.exitCode = await main(options);
else console.log(usage);
