import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@multimodel/client';
import { makeTemporaryFolder } from '../process/temporary-folder.ts';
import { startWorker } from '../process/worker-process.ts';
import { parseMetrics } from './metrics-reading.ts';
import type { PostgresServer } from './postgres.ts';
import type { ProxyCommands } from './proxy-commands.ts';
import { benchModels, startServer } from './server-process.ts';
import type { Subject } from './subject.ts';

const chatsPerServer = 64;
/** Node's own default place: the floor must not carry the type stripper when our server does not. */
const compileCache = join(tmpdir(), 'node-compile-cache');

export function directSubject(vendorUrl: string): Subject {
  return { name: 'direct', target: { kind: 'vendor', url: vendorUrl }, [Symbol.asyncDispose]: async () => undefined };
}

export async function startBaseline(vendorUrl: string, nodeOptions: readonly string[] = []): Promise<Subject> {
  const environment = { NODE_COMPILE_CACHE: compileCache };
  const worker = await startWorker<ProxyCommands>(new URL('./bare-proxy.ts', import.meta.url), { environment, nodeOptions });
  const url = await worker.call('listen', vendorUrl);
  return { name: 'baseline', target: { kind: 'vendor', url }, pid: worker.pid, [Symbol.asyncDispose]: () => worker[Symbol.asyncDispose]() };
}

export interface OursOptions {
  readonly vendorUrl: string;
  readonly postgres?: PostgresServer | undefined;
  readonly nodeOptions?: readonly string[] | undefined;
}

/** Our server with fresh chats to write into. */
export async function startOurs({ vendorUrl, postgres, nodeOptions }: OursOptions): Promise<Subject> {
  await using undo = new AsyncDisposableStack();
  const folder = undo.use(await makeTemporaryFolder('server'));
  const server = undo.use(await startServer({ vendorUrl, folder: folder.path, databaseUrl: postgres?.url, nodeOptions }));
  const chatIds = await makeChats(server.url, chatsPerServer);
  const owned = undo.move();
  return {
    name: postgres ? 'postgres' : 'sqlite',
    target: { kind: 'chat', url: server.url, models: benchModels, chatIds },
    pid: server.pid,
    databaseCpuMs: () => postgres?.cpuMs() ?? 0,
    metrics: async () => parseMetrics(await (await fetch(`${server.url}/metrics`)).text()),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function makeChats(url: string, count: number): Promise<string[]> {
  const { chats } = createClient({ baseUrl: url });
  const made = await Promise.all(Array.from({ length: count }, () => chats.create({ title: 'bench' })));
  return made.map(({ id }) => id);
}
