import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { withLock } from './lock.mjs';
import { loggedCommand } from './logged-command.mjs';
import { isFresh, sourceFiles, writeStamp } from './source-stamp.mjs';

const sources = ['apps/web', 'packages/client', 'packages/contract', 'package-lock.json'];

/**
 * Builds the page when its sources are not those of the last build.
 * @param {{ root: string, node: string, say: (line: string) => void, env?: NodeJS.ProcessEnv }} options
 */
export async function buildWebIfStale({ root, node, say, env = {} }) {
  const stamp = join(root, '.cache', 'web-build.json');
  const built = join(root, 'apps', 'web', 'dist', 'index.html');
  const files = () => sourceFiles(sources.map((path) => join(root, path)));
  const isBuilt = () => existsSync(built) && isFresh(files(), stamp);
  if (isBuilt()) return;
  await withLock(join(root, '.cache', 'web-build.lock'), {
    onWait: () => say('Another start is building the page; waiting for it…'),
    work: async () => {
      if (isBuilt()) return;
      say('Building the page…');
      await loggedCommand({
        file: node,
        args: [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build'],
        cwd: join(root, 'apps', 'web'),
        env: { ...process.env, ...env, NODE_ENV: 'production' },
        log: join(root, '.cache', 'logs', 'web-build.log'),
        failure: 'The page could not be built.',
      });
      writeStamp(files(), stamp);
    },
  });
}
