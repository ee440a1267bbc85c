import { createServer } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { ensureDependencies } from './dependencies.mjs';
import { runChildren } from './run-child.mjs';

const usualPort = 3000;

/**
 * The server and the page, both with reload; one Ctrl-C ends both.
 * @param {import('./commands.mjs').Call} call
 */
export async function runDev(call) {
  await ensureDependencies({ ...call, mode: 'all' });
  // A port of nobody's choice would be unknown to the page's proxy.
  const port = Number(portIn(call.args) ?? process.env['PORT']) || (await freePortFrom(usualPort));
  // Fixed before both start: the page's proxy must know where the server listens.
  return runChildren(call, [
    {
      args: ['--watch', '--disable-warning=ExperimentalWarning', join('packages', 'server', 'src', 'main.ts'), ...call.args],
      env: { PORT: String(port) },
    },
    {
      args: [join(call.root, 'node_modules', 'vite', 'bin', 'vite.js')],
      cwd: join(call.root, 'apps', 'web'),
      env: { API_URL: `http://127.0.0.1:${port}` },
    },
  ]);
}

/**
 * @param {readonly string[]} args
 * @returns {string | undefined}
 */
export function portIn(args) {
  const place = args.findIndex((arg) => arg === '--port' || arg.startsWith('--port='));
  return args[place]?.split('=')[1] ?? (place < 0 ? undefined : args[place + 1]);
}

/**
 * @param {number} port
 * @returns {Promise<number>}
 */
async function freePortFrom(port) {
  for (let candidate = port; ; candidate += 1) if (await isFree(candidate)) return candidate;
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
