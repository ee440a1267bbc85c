import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { entries } from './entries.ts';

export interface EntryRun {
  readonly entry: 'server' | 'simulators' | 'conformance';
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs a program of ours in this terminal; its exit code. `onOutput` gets its standard output instead of the terminal. */
export async function runEntry(run: EntryRun, onOutput?: (text: string) => void): Promise<number> {
  // In a group of its own, so that Ctrl-C reaches it once: from us. A second signal means impatience.
  const detached = process.platform !== 'win32';
  const child = start(run, { detached, stdio: ['inherit', onOutput ? 'pipe' : 'inherit', 'inherit', 'ipc'] });
  child.stdout?.on('data', (chunk: Buffer) => onOutput?.(chunk.toString()));
  const forward = (signal: NodeJS.Signals): void => void (detached && child.kill(signal));
  for (const signal of signals) process.on(signal, forward);
  try {
    return await exitOf(child);
  } finally {
    for (const signal of signals) process.off(signal, forward);
  }
}

export interface EntryAnswer {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program of ours to its end and keeps what it printed. */
export async function askEntry(run: EntryRun): Promise<EntryAnswer> {
  const child = start(run, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const read = (stream: ChildProcess['stdout']): Promise<string> => (stream ? text(stream) : Promise.resolve(''));
  const [exitCode, stdout, stderr] = await Promise.all([exitOf(child), read(child.stdout), read(child.stderr)]);
  return { exitCode, stdout, stderr };
}

function start(
  { entry, args, env }: EntryRun,
  options: { detached?: boolean; stdio: ('inherit' | 'ignore' | 'pipe' | 'ipc')[] },
): ChildProcess {
  const guard = ['--disable-warning=ExperimentalWarning', '--import', pathToFileURL(entries.guard).href];
  return spawn(process.execPath, [...guard, entries[entry], ...args], { env, ...options });
}

async function exitOf(child: ChildProcess): Promise<number> {
  await once(child, 'exit');
  return child.exitCode ?? 128 + (child.signalCode === null ? 0 : constants.signals[child.signalCode]);
}
