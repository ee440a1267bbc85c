import type { Missing, Need, Prepared } from './testing/need.ts';
import { runSuite, type SuiteResult } from './testing/run-suite.ts';
import { type Suite, suites } from './testing/suites.ts';
import { addTallies, noTests, type Tally, tallyLine } from './testing/tally.ts';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());

/** Each need is prepared once, when the first suite asks for it, and stopped at the end. */
class Needs implements AsyncDisposable {
  readonly #prepared = new Map<Need, Prepared | Missing>();

  async get(need: Need): Promise<Prepared | Missing> {
    const known = this.#prepared.get(need);
    if (known !== undefined) return known;
    const prepared = await need.prepare();
    this.#prepared.set(need, prepared);
    if ('missing' in prepared) console.log(`${need.name} is missing, its tests are skipped: ${prepared.missing}`);
    return prepared;
  }

  /** The variables by which a suite finds what is there. */
  async variablesOf({ uses, needs }: Suite): Promise<Readonly<Record<string, string>>> {
    const variables: Record<string, string> = {};
    for (const need of [...uses, ...needs]) {
      const prepared = await this.get(need);
      if ('value' in prepared) variables[need.variable] = prepared.value;
    }
    return variables;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const prepared of this.#prepared.values()) if ('value' in prepared) await prepared[Symbol.asyncDispose]();
  }
}

async function resultOf(suite: Suite, needs: Needs): Promise<SuiteResult> {
  const env = await needs.variablesOf(suite);
  const missing = suite.needs.filter((need) => env[need.variable] === undefined);
  if (missing.length > 0) return { ...noTests, skipped: 1, elapsedMs: 0, details: '' };
  return runSuite(suite, { env, signal: stop.signal });
}

function print(suite: Suite, result: SuiteResult): void {
  if (result.failed > 0) console.log(`${result.details.trimEnd()}\n`);
  console.log(`${suite.name.padEnd(8)}${tallyLine(result)}  (${(result.elapsedMs / 1000).toFixed(1)} s)`);
}

async function runSuites(chosen: readonly Suite[]): Promise<Tally> {
  await using needs = new Needs();
  let total = noTests;
  for (const suite of chosen) {
    if (stop.signal.aborted) break;
    console.log(`${suite.name.padEnd(8)}${suite.about}…`);
    const result = await resultOf(suite, needs);
    print(suite, result);
    total = addTallies(total, result);
  }
  return total;
}

function listOf(all: readonly Suite[]): string {
  return all.map(({ name, about }) => `${name.padEnd(8)}${about}`).join('\n');
}

async function main(names: readonly string[]): Promise<number> {
  if (names.includes('--list')) {
    console.log(listOf(suites));
    return 0;
  }
  const unknown = names.filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    console.error(`There is no suite "${unknown.join('", "')}". There are:\n${listOf(suites)}`);
    return 2;
  }
  const total = await runSuites(names.length === 0 ? suites : suites.filter(({ name }) => names.includes(name)));
  console.log(`\n${tallyLine(total)}`);
  const isGood = total.failed === 0 && total.passed > 0 && !stop.signal.aborted;
  return isGood ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
