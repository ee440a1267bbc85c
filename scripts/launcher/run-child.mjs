import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { endSignals } from './logged-command.mjs';

/** @typedef {{ root: string, node: import('./node-runtime.mjs').NodeRuntime }} Place */
/** @typedef {{ args: readonly string[], cwd?: string, env?: NodeJS.ProcessEnv }} ChildCommand */

/** @typedef {{ process: import('node:child_process').ChildProcess, heardAt: Map<unknown, number> }} Child `heardAt`: when it told us of a signal. */

const parentPollMs = 1000;
const graceMs = 50;

/**
 * Runs one or several Node programs in this terminal until the first ends, then ends the others. Gives the exit code.
 * @param {Place} place
 * @param {readonly ChildCommand[]} programs
 * @returns {Promise<number>}
 */
export async function runChildren(place, programs) {
  const children = programs.map((program) => start(place, program));
  let isStopping = false;
  /** @type {(signal: NodeJS.Signals) => void} */
  const forward = (signal) => {
    isStopping = true;
    for (const child of children) pass(child, signal);
  };
  for (const signal of endSignals) process.on(signal, forward);
  const watch = watchParent(() => forward('SIGTERM'));
  const ended = children.map(exitOf);
  const code = await Promise.race(ended);
  if (!isStopping) for (const child of children) child.process.kill('SIGTERM');
  await Promise.all(ended);
  clearInterval(watch);
  return code;
}

/**
 * @param {Place} place
 * @param {ChildCommand} program
 * @returns {Child}
 */
function start({ root, node }, { args, cwd = root, env = {} }) {
  const guard = pathToFileURL(join(root, 'scripts', 'launcher', 'end-with-parent.mjs')).href;
  const running = spawn(node.path, ['--import', guard, ...args], {
    cwd,
    env: { NODE_COMPILE_CACHE: join(root, '.cache', 'compile'), ...process.env, ...node.env, ...env },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  /** @type {Map<unknown, number>} */
  const heardAt = new Map();
  running.on('message', (signal) => heardAt.set(signal, Date.now()));
  return { process: running, heardAt };
}

/**
 * A terminal or a service manager tells the whole family, a plain kill only us: passed on unless the child heard it by
 * itself, because a second signal means impatience.
 * @param {Child} child
 * @param {NodeJS.Signals} signal
 */
function pass(child, signal) {
  const cameAt = Date.now();
  setTimeout(() => {
    if ((child.heardAt.get(signal) ?? 0) < cameAt - graceMs) child.process.kill(signal);
  }, graceMs);
}

/**
 * @param {Child} child
 * @returns {Promise<number>}
 */
function exitOf({ process: child }) {
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
