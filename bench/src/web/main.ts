import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildWebIfStale } from '../../../scripts/launcher/web-build.mjs';
import { chromium } from '../../../scripts/testing/chromium.ts';
import { describeMachine } from '../report/machine.ts';
import { runWebBench } from './run-web-bench.ts';
import { formatWebTable, verdictOf } from './web-measure.ts';
import { fullWebPlan, quickWebPlan, smokeWebPlan, type WebPlan } from './web-plan.ts';

const usage = `Usage: npm run bench:web -- [options]

  --quick          two minutes: everything runs, the numbers are rough
  --smoke          a few seconds: only counters mean anything
  --only <name>    one scenario; may be given several times: load, streaming, opening, chat, memory
  --no-plain       without the comparison
  --page <folder>  a page that was built elsewhere (default: apps/web/dist, built when it is stale)
  --json <file>    where the results go (default: bench/results/web-<time>.json)
`;

const root = join(import.meta.dirname, '..', '..', '..');

function parseOptions() {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      smoke: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      'no-plain': { type: 'boolean', default: false },
      page: { type: 'string' },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const plan: WebPlan = values.smoke ? smokeWebPlan : values.quick ? quickWebPlan : fullWebPlan;
  return { ...values, plan, isPlain: !values['no-plain'] };
}

async function main(): Promise<number> {
  const options = parseOptions();
  if (options.help) {
    console.log(usage);
    return 0;
  }
  const browser = await chromium.prepare();
  if ('missing' in browser) {
    console.error(`The page is measured in a browser, and there is ${browser.missing}`);
    return 1;
  }
  const publicDir = options.page ?? join(root, 'apps', 'web', 'dist');
  if (options.page === undefined) await buildWebIfStale({ root, node: process.execPath, say: (line) => console.log(line) });
  if (!existsSync(join(publicDir, 'index.html'))) throw new Error(`There is no page in ${publicDir}`);
  const machine = describeMachine();
  console.log(`${machine.cpu}, ${machine.cores} cores, load before: ${machine.loadBefore.toFixed(2)}\n`);
  const beganAt = new Date();
  const { plan, only, isPlain } = options;
  const measures = await runWebBench({ plan, only, isPlain, publicDir, chromium: browser.value, say: (line) => console.log(line) });
  console.log(`\n${formatWebTable(measures)}\n`);
  const path = options.json ?? join(import.meta.dirname, '../../results', `web-${beganAt.toISOString().replaceAll(/[:.]/g, '-')}.json`);
  await mkdir(dirname(path), { recursive: true });
  const judged = measures.map((measure) => ({ ...measure, verdict: verdictOf(measure) }));
  await writeFile(path, `${JSON.stringify({ beganAt, machine, plan, measures: judged }, undefined, 2)}\n`);
  console.log(`Results: ${path}`);
  return 0;
}

process.exitCode = await main();
