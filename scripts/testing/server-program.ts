import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Missing } from './need.ts';

export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

export interface ServerProgram {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Holds its data; removed when it has stopped. */
  readonly folder: string;
  /** What it says when it serves, on either of its outputs. */
  readonly readyText: string;
  readonly stopSignal: NodeJS.Signals;
  readonly options?: Pick<SpawnOptions, 'uid' | 'gid'>;
}

const readyMs = 30_000;

/** Settles when the server says that it serves; what it said instead, when it ended. */
function readiness(server: ChildProcess, readyText: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    let said = '';
    const timer = setTimeout(() => resolve(`not ready after ${readyMs} ms\n${said}`), readyMs);
    const settle = (failure: string | undefined): void => {
      clearTimeout(timer);
      resolve(failure);
    };
    const listen = (chunk: Buffer): void => {
      said += chunk.toString();
      if (said.includes(readyText)) settle(undefined);
    };
    server.stdout?.on('data', listen);
    server.stderr?.on('data', listen);
    server.on('error', (error) => settle(error.message));
    server.on('exit', () => settle(said));
  });
}

/** Runs a server until it is disposed of, or until this process ends. */
export async function startProgram(program: ServerProgram): Promise<AsyncDisposable | Missing> {
  const { folder } = program;
  const server = spawn(program.command, program.args, { ...program.options, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const kill = (): void => void server.kill('SIGKILL');
  process.once('exit', kill);
  const stop = async (): Promise<void> => {
    process.off('exit', kill);
    const ended = new Promise((resolve) => server.once('exit', resolve));
    if (server.exitCode === null && server.signalCode === null && server.kill(program.stopSignal)) await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const failure = await readiness(server, program.readyText);
  if (failure === undefined) return { [Symbol.asyncDispose]: stop };
  await stop();
  return { missing: `${program.name} did not start:\n${failure}` };
}
