import { parseArgs } from 'node:util';
import { fullPlan, type Plan, quickPlan, smokePlan } from './plan.ts';
import { scenarioNames } from './scenario/scenarios.ts';

export interface BenchOptions {
  readonly planName: 'full' | 'quick' | 'smoke';
  readonly plan: Plan;
  /** Names of scenarios; empty = all. */
  readonly only: readonly string[];
  readonly jsonPath: string | undefined;
  /** PostgreSQL takes part. */
  readonly hasPostgres: boolean;
  /** Where our server spends its time, instead of how much. */
  readonly isProfile: boolean;
}

export const usage = `Usage: npm run bench -- [options]

  --quick          under a minute: everything runs, the numbers are rough
  --smoke          a few seconds: only the correctness counters mean anything
  --only <name>    one scenario; may be given several times: ${scenarioNames.join(', ')}
  --no-postgres    SQLite only
  --profile        where our server spends its CPU under load, function by function; no table
  --json <file>    where the results go (default: bench/results/<time>.json)
`;

/** Throws a sentence for the person who typed it. */
export function parseOptions(argv: readonly string[]): BenchOptions | undefined {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      quick: { type: 'boolean', default: false },
      smoke: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      json: { type: 'string' },
      'no-postgres': { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return undefined;
  const unknown = values.only.find((name) => !scenarioNames.includes(name));
  if (unknown !== undefined) throw new Error(`No scenario "${unknown}"; there are: ${scenarioNames.join(', ')}`);
  const planName = values.smoke ? 'smoke' : values.quick ? 'quick' : 'full';
  return {
    planName,
    plan: { full: fullPlan, quick: quickPlan, smoke: smokePlan }[planName],
    only: values.only,
    jsonPath: values.json,
    hasPostgres: !values['no-postgres'],
    isProfile: values.profile,
  };
}
