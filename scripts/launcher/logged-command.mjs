import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import { LaunchError } from './launch-error.mjs';

/** What ends a program in order. @type {readonly NodeJS.Signals[]} */
export const endSignals = process.platform === 'win32' ? ['SIGINT', 'SIGTERM'] : ['SIGINT', 'SIGTERM', 'SIGHUP'];

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
  const child = spawn(file, args, { cwd, env, stdio: ['ignore', output, output] });
  let isStopped = false;
  const stop = (/** @type {NodeJS.Signals} */ signal) => {
    isStopped = true;
    child.kill(signal);
  };
  for (const signal of endSignals) process.on(signal, stop);
  const exitCode = await new Promise((resolve) => {
    child.on('error', () => resolve(127));
    child.on('exit', (code) => resolve(code ?? 1));
  });
  for (const signal of endSignals) process.off(signal, stop);
  closeSync(output);
  if (isStopped) throw new LaunchError('Stopped.');
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
