import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

/** @typedef {{ root: string, node: import('./node-runtime.mjs').NodeRuntime }} Place */
/** @typedef {{ args: readonly string[], cwd?: string, env?: NodeJS.ProcessEnv }} ChildCommand */

const parentPollMs = 1000;

/**
 * Runs one or several Node programs in this terminal until the first ends, then ends the others. Gives the exit code.
 * @param {Place} place
 * @param {readonly ChildCommand[]} programs
 * @returns {Promise<number>}
 */
export async function runChildren(place, programs) {
  const children = programs.map((program) => start(place, program));
  const forward = (/** @type {NodeJS.Signals} */ signal) => {
    // A terminal sends Ctrl-C to all of us; a second one could be taken for impatience.
    if (signal === 'SIGINT' && process.stdin.isTTY) return;
    for (const child of children) child.kill(signal);
  };
  /** @type {NodeJS.Signals[]} */
  const signals = process.platform === 'win32' ? ['SIGINT', 'SIGTERM'] : ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, forward);
  const watch = watchParent(() => forward('SIGTERM'));
  const ended = children.map(exitOf);
  const code = await Promise.race(ended);
  for (const child of children) child.kill('SIGTERM');
  await Promise.all(ended);
  clearInterval(watch);
  return code;
}

/**
 * @param {Place} place
 * @param {ChildCommand} program
 */
function start({ root, node }, { args, cwd = root, env = {} }) {
  const guard = pathToFileURL(join(root, 'scripts', 'launcher', 'end-with-parent.mjs')).href;
  return spawn(node.path, ['--import', guard, ...args], {
    cwd,
    env: { NODE_COMPILE_CACHE: join(root, '.cache', 'compile'), ...process.env, ...node.env, ...env },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>}
 */
function exitOf(child) {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
}

/**
 * npm that is killed outright cannot tell us; then somebody above us is another than before.
 * @param {() => void} onOrphaned
 */
function watchParent(onOrphaned) {
  if (process.env['npm_lifecycle_event'] === undefined || process.platform === 'win32') return undefined;
  const before = parents();
  const timer = setInterval(() => {
    if (parents() !== before) onOrphaned();
  }, parentPollMs);
  return timer.unref();
}

/** Our parent and, when that is only npm's shell and the system tells, the npm above it. */
function parents() {
  const shell = `/proc/${process.ppid}`;
  try {
    if (!/^\S*sh\0-c\0/.test(readFileSync(`${shell}/cmdline`, 'utf8'))) return String(process.ppid);
    return `${process.ppid} ${/^PPid:\s*(\d+)/m.exec(readFileSync(`${shell}/status`, 'utf8'))?.[1]}`;
  } catch {
    return String(process.ppid);
  }
}
