import { join } from 'node:path';
import process from 'node:process';
import { ensureDependencies } from './dependencies.mjs';
import { runDev } from './dev.mjs';
import { runChildren } from './run-child.mjs';
import { buildWebIfStale } from './web-build.mjs';

/** @typedef {{ root: string, node: import('./node-runtime.mjs').NodeRuntime, args: readonly string[], say: (line: string) => void }} Call */
/** @typedef {{ about: string, run: (call: Call) => Promise<number> }} Command */

/**
 * A command that runs one script of ours with the packages it needs.
 * @param {string} about
 * @param {string} script
 * @param {import('./dependencies.mjs').InstallMode} [mode]
 * @returns {Command}
 */
function script(about, script, mode = 'all') {
  return {
    about,
    run: async (call) => {
      await ensureDependencies({ ...call, mode });
      return runChildren(call, [{ args: [...quiet, script, ...call.args] }]);
    },
  };
}

/** node:sqlite still announces itself as experimental on Node 24. */
const quiet = ['--disable-warning=ExperimentalWarning'];

/** @type {ReadonlyMap<string, Command>} */
export const commands = new Map([
  ['start', { about: 'install, build what is stale and serve', run: start }],
  ['dev', { about: 'serve with reload', run: runDev }],
  ['test', script('install what the tests need and run every suite', 'scripts/test.ts')],
  ['check', script('types, format, lint, boundaries, dead code', 'scripts/check.ts')],
  ['format', script('format and mend what the tools can mend', 'scripts/format.ts')],
  ['bench', script('measure beside a bare proxy', 'bench/src/main.ts')],
  ['bench:web', script('measure the page in a browser', 'bench/src/web/main.ts')],
  ['screenshots', script('pictures of the main screens into docs/screenshots', 'scripts/screenshots.ts')],
  ['mmc', script('the command line: chat, models, doctor and more', 'apps/cli/bin/mmc.mjs', 'production')],
  ['simulate', script("a local server that speaks a vendor's protocol", 'packages/simulators/src/main.ts', 'production')],
  ['db:migration', script('SQL for both databases from the Prisma models', 'packages/storage/scripts/migration.ts')],
]);

/** @param {Call} call */
async function start(call) {
  await ensureDependencies({ ...call, mode: 'production' });
  await buildWebIfStale({ ...call, node: call.node.path, env: call.node.env });
  const env = { NODE_ENV: process.env['NODE_ENV'] ?? 'production' };
  return runChildren(call, [{ args: [...quiet, join('packages', 'server', 'src', 'main.ts'), ...call.args], env }]);
}

export function usage() {
  const lines = [...commands].map(([name, { about }]) => `  ${`npm run ${name}`.padEnd(22)}${about}`);
  return ['Commands (`npm start` and `npm test` are short forms; give options after --):', ...lines].join('\n');
}
