import { spawn } from 'node:child_process';
import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { monotonicUs } from '../process/monotonic.ts';
import { stopProcess } from '../process/worker-process.ts';

export interface ServerOptions {
  readonly vendorUrl: string;
  /** Data, configuration and log lie here; it outlives the server. */
  readonly folder: string;
  readonly databaseUrl?: string | undefined;
  readonly compileCache?: string | undefined;
  /** Beside what every server of the bench gets. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /** Options of node itself. */
  readonly nodeOptions?: readonly string[] | undefined;
}

export interface ServerProcess extends AsyncDisposable {
  readonly url: string;
  readonly pid: number;
  /** From spawn to the line that says that it is ready. */
  readonly readyMs: number;
}

/** One provider takes at most 1,000 answers at a time, so there are several, each with a key of its own. */
const slugs = ['bench-1', 'bench-2', 'bench-3', 'bench-4'];
const concurrency = 1_000;
export const benchModels: readonly string[] = slugs.map((slug) => `${slug}/yandexgpt`);
export const benchApiKeys: readonly string[] = slugs.map(
  (_, index) => `AQVNexample000000000000000000000000000${String(index).padStart(3, '0')}`,
);
const entry = new URL('../../../packages/server/src/main.ts', import.meta.url).pathname;
const startLimitMs = 60_000;
const lookEveryMs = 3;
const shownErrors = 3;

/** Our server in production mode with everything switched on: logs at info into a file, metrics, its database. */
export async function startServer(options: ServerOptions): Promise<ServerProcess> {
  await using undo = new AsyncDisposableStack();
  const logPath = join(options.folder, 'server.log');
  const log = undo.adopt(await open(logPath, 'w'), (file) => file.close());
  const configPath = join(options.folder, 'mmc.config.json');
  await writeFile(configPath, JSON.stringify(configOf(options.vendorUrl)));
  const beginUs = monotonicUs();
  const child = spawn(process.execPath, [...(options.nodeOptions ?? []), entry, '--json-ready'], {
    stdio: ['ignore', log.fd, log.fd],
    env: environmentOf(options, configPath),
    cwd: options.folder,
  });
  undo.defer(() => showErrors(logPath));
  undo.defer(() => stopProcess(child));
  const url = await untilReady(logPath, () => child.exitCode !== null);
  const readyMs = (monotonicUs() - beginUs) / 1000;
  const owned = undo.move();
  return { url, pid: child.pid ?? 0, readyMs, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

function configOf(vendorUrl: string): unknown {
  const common = { folderId: 'b1gaaaaaaaaaaaaaaaaa', baseUrl: vendorUrl, openaiBaseUrl: `${vendorUrl}/v1`, concurrency };
  const provider = (slug: string, index: number): unknown => ({
    slug,
    plugin: 'yandexgpt',
    settings: { ...common, apiKey: benchApiKeys[index] },
  });
  return { providers: slugs.map(provider) };
}

function environmentOf(options: ServerOptions, configPath: string): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return {
    PATH,
    HOME,
    TMPDIR,
    NODE_ENV: 'production',
    PORT: '0',
    LOG_LEVEL: 'info',
    MMC_DATA_DIR: join(options.folder, 'data'),
    MMC_CONFIG: configPath,
    ...(options.databaseUrl !== undefined && { DATABASE_URL: options.databaseUrl }),
    ...(options.compileCache !== undefined && { NODE_COMPILE_CACHE: options.compileCache }),
    ...options.environment,
  };
}

/** Standard output goes straight into the log, so the ready line is looked for there. */
async function untilReady(logPath: string, hasEnded: () => boolean): Promise<string> {
  const deadlineUs = monotonicUs() + startLimitMs * 1000;
  while (monotonicUs() < deadlineUs) {
    const text = await readFile(logPath, 'utf8');
    const url = text.match(/^\{"ready":true.*"url":"([^"]+)"/m)?.[1];
    if (url !== undefined) return url.replace(/\/+$/, '');
    if (hasEnded()) throw new Error(`The server did not start:\n${text.slice(-2_000)}`);
    await sleep(lookEveryMs);
  }
  throw new Error(`The server was not ready after ${startLimitMs} ms`);
}

/** The log goes away with its folder; what the server complained about must not. */
async function showErrors(logPath: string): Promise<void> {
  const lines = (await readFile(logPath, 'utf8'))
    .split('\n')
    .filter((line) => line.includes('"level":"error"') || /^\w*Error\b/.test(line));
  for (const line of lines.slice(0, shownErrors)) console.error(`server log (${lines.length} errors): ${line.slice(0, 2_000)}`);
}
