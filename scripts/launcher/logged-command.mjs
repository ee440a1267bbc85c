import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import { LaunchError } from './launch-error.mjs';

const tailLines = 40;
const unreachable = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT/;

/**
 * Runs a program with its output in a log that is shown only when it fails.
 * @param {{ file: string, args: readonly string[], cwd: string, env?: NodeJS.ProcessEnv, log: string, failure: string }} command
 * @returns {Promise<void>}
 */
export async function loggedCommand({ file, args, cwd, env = process.env, log, failure }) {
  mkdirSync(dirname(log), { recursive: true });
  const output = openSync(log, 'w');
  /** @type {number} */
  const exitCode = await new Promise((resolve) => {
    const child = spawn(file, args, { cwd, env, stdio: ['ignore', output, output] });
    child.on('error', () => resolve(127));
    child.on('exit', (code) => resolve(code ?? 1));
  });
  closeSync(output);
  if (exitCode !== 0) throw new LaunchError(explain(failure, log));
}

/**
 * @param {string} failure
 * @param {string} log
 */
function explain(failure, log) {
  const text = readFileSync(log, 'utf8').trimEnd();
  const tail = text.split('\n').slice(-tailLines).join('\n');
  const reason = unreachable.test(text)
    ? '\nThe package registry cannot be reached: check the network, the proxy, or `npm config get registry`.'
    : '';
  return `${tail}\n\n${failure}${reason}\nThe whole log: ${log}`;
}
