import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Client, createClient } from '@multimodel/client';

const root = join(import.meta.dirname, '..', '..');

export interface ServerOptions {
  /** Kept over restarts; holds configuration, key and, on SQLite, the database. */
  readonly dataDir: string;
  /** `postgres://…`; absent = SQLite in the data folder. */
  readonly databaseUrl?: string | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
}

/** A real server in its own process. */
export interface ServerProcess extends AsyncDisposable {
  readonly url: string;
  readonly pid: number;
  readonly client: Client;
  /** Everything that it printed. */
  output(): string;
  /** Resolves with exit code and signal. */
  readonly exited: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  kill(signal: NodeJS.Signals): Promise<void>;
}

/** A folder for one server, with a provider `yandex` that points to a simulator. */
export async function createDataDir(vendorUrl: string, settings: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'mmc-e2e-'));
  const provider = {
    slug: 'yandex',
    plugin: 'yandexgpt',
    displayName: 'YandexGPT',
    settings: {
      apiKey: 'AQVNexample0000000000000000000000000000aa',
      folderId: 'b1gaaaaaaaaaaaaaaaaa',
      baseUrl: vendorUrl,
      openaiBaseUrl: `${vendorUrl}/v1`,
      concurrency: 1000,
      ...settings,
    },
  };
  await writeFile(join(dataDir, 'mmc.config.json'), JSON.stringify({ providers: [provider] }));
  return dataDir;
}

export function removeDataDir(dataDir: string): Promise<void> {
  return rm(dataDir, { recursive: true, force: true });
}

export const simulatedModel = 'yandex/yandexgpt-5-lite';

export async function startServer({ dataDir, databaseUrl, env = {} }: ServerOptions): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['packages/server/src/main.ts', '--json-ready'], {
    cwd: root,
    env: {
      PATH: process.env['PATH'] ?? '',
      NODE_COMPILE_CACHE: join(root, '.cache', 'compile'),
      MMC_CONFIG: join(dataDir, 'mmc.config.json'),
      MMC_DATA_DIR: dataDir,
      MMC_ALLOW_PRIVATE_URLS: 'true',
      LOG_LEVEL: 'warn',
      PORT: '0',
      ...(databaseUrl && { DATABASE_URL: databaseUrl }),
      // A page that was built elsewhere.
      ...(process.env['MMC_PUBLIC_DIR'] && { MMC_PUBLIC_DIR: process.env['MMC_PUBLIC_DIR'] }),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed: string[] = [];
  child.stderr?.on('data', (bytes: Buffer) => printed.push(bytes.toString()));
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  const url = await readyUrl(child, printed, exited);
  const kill = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await exited;
  };
  return {
    url,
    pid: child.pid ?? 0,
    client: createClient({ baseUrl: url }),
    output: () => printed.join(''),
    exited,
    kill,
    [Symbol.asyncDispose]: () => kill('SIGKILL'),
  };
}

async function readyUrl(child: ChildProcess, printed: string[], exited: Promise<{ code: number | null }>): Promise<string> {
  if (!child.stdout) throw new Error('no stdout');
  const lines = createInterface({ input: child.stdout });
  const ready = Promise.withResolvers<string>();
  lines.on('line', (line) => {
    printed.push(`${line}\n`);
    if (line.startsWith('{"ready":true')) ready.resolve(String((JSON.parse(line) as { url: string }).url));
  });
  const gone = exited.then(({ code }): never => {
    throw new Error(`the server ended with ${code} before it was ready:\n${printed.join('')}`);
  });
  // After it is ready, its exit is no fault of the start.
  gone.catch(() => undefined);
  return Promise.race([ready.promise, gone]);
}
