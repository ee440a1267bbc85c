import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

export const program = join(import.meta.dirname, '..', '..', 'bin', 'mmc.mjs');

/** Nothing of who runs the tests: no server, no language, no keys. */
const bareEnvironment = { PATH: process.env['PATH'], HOME: process.env['HOME'], LANG: 'en_US.UTF-8' };

export interface MmcOptions {
  readonly env?: NodeJS.ProcessEnv | undefined;
  readonly stdin?: string | Buffer | undefined;
  readonly cwd?: string | undefined;
}

export interface MmcResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningMmc {
  readonly child: ChildProcess;
  readonly result: Promise<MmcResult>;
  /** Resolves with the output so far once it contains what is looked for. */
  until(found: string | RegExp): Promise<string>;
}

/** The real program as a child. Its input is ended at once; `null` leaves it open. */
export function startMmc(
  args: readonly string[],
  { env, stdin = '', cwd }: Omit<MmcOptions, 'stdin'> & { stdin?: string | Buffer | null | undefined } = {},
): RunningMmc {
  const child = spawn(process.execPath, [program, ...args], { cwd, env: { ...bareEnvironment, ...env }, stdio: 'pipe' });
  if (stdin !== null) child.stdin.end(stdin);
  let output = '';
  const waiting = new Set<() => void>();
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    for (const check of waiting) check();
  });
  const result = Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]).then(([[code], stdout, stderr]) => ({
    code,
    stdout,
    stderr,
  }));
  return {
    child,
    result,
    until(found) {
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      const check = (): void => {
        if (typeof found === 'string' ? output.includes(found) : found.test(output)) resolve(output);
      };
      waiting.add(check);
      check();
      void result.then(({ stderr }) => reject(new Error(`ended without ${found}: ${output}\n${stderr}`)));
      return promise;
    },
  };
}

export function mmc(args: readonly string[], options?: MmcOptions): Promise<MmcResult> {
  return startMmc(args, options).result;
}

export interface TestServer extends AsyncDisposable {
  readonly url: string;
  readonly folder: string;
  /** Takes the power away. */
  kill(): Promise<void>;
  /** On the same data and port. */
  restart(): Promise<void>;
  stop(): Promise<MmcResult>;
}

export interface TestServerOptions {
  readonly pace?: 'natural' | 'instant' | undefined;
  /** More of the configuration file. */
  readonly providers?: readonly object[] | undefined;
}

/** A real server with the demo, started by `mmc serve`, on data of its own. */
export async function startServer({ pace = 'instant', providers = [] }: TestServerOptions = {}): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'mmc-cli-'));
  const config = { providers: [{ slug: 'demo', plugin: 'demo', settings: { pace } }, ...providers] };
  await writeFile(join(folder, 'mmc.config.json'), JSON.stringify(config));
  const start = async (port: string) => {
    const running = startMmc(['serve', '--port', port, '--log-level', 'warn', '--json'], { cwd: folder });
    return { running, ...(JSON.parse(await running.until('\n')) as { url: string; pid: number }) };
  };
  let now = await start('0');
  const { url } = now;
  const stop = (): Promise<MmcResult> => {
    now.running.child.kill('SIGTERM');
    return now.running.result;
  };
  return {
    url,
    folder,
    async kill() {
      process.kill(now.pid, 'SIGKILL');
      await now.running.result;
    },
    async restart() {
      now = await start(new URL(url).port);
    },
    stop,
    async [Symbol.asyncDispose]() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
