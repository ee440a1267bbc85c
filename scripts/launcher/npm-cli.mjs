import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';

/**
 * The npm program as a JavaScript file, so that any Node can run it: the one that started us, else the one beside our Node or in PATH.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | undefined}
 */
export function npmCli(env = process.env) {
  const started = env['npm_execpath'];
  if (started !== undefined && /npm-cli\.c?js$/.test(started) && existsSync(started)) return started;
  const folders = [dirname(process.execPath), ...(env['PATH'] ?? '').split(delimiter)];
  for (const folder of folders) {
    for (const near of ['../lib/node_modules/npm/bin/npm-cli.js', 'node_modules/npm/bin/npm-cli.js']) {
      if (existsSync(join(folder, near))) return join(folder, near);
    }
    const link = join(folder, 'npm');
    if (existsSync(link) && realpathSync(link).endsWith('npm-cli.js')) return realpathSync(link);
  }
  return undefined;
}
