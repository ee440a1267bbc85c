import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aptInstall } from './debian.ts';
import type { Missing, Need, Prepared } from './need.ts';
import { findInPath } from './programs.ts';
import { freePort, startProgram } from './server-program.ts';

const findRedis = (): string | undefined => findInPath(['valkey-server', 'redis-server']);

async function startRedis(command: string): Promise<Prepared | Missing> {
  const folder = mkdtempSync(join(tmpdir(), 'multimodel-redis-'));
  const port = await freePort();
  const inMemory = ['--save', '', '--appendonly', 'no'];
  const started = await startProgram({
    name: 'Redis',
    command,
    args: ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--daemonize', 'no', '--logfile', '', ...inMemory],
    folder,
    readyText: 'Ready to accept connections',
    stopSignal: 'SIGTERM',
  });
  if ('missing' in started) return started;
  return { value: `redis://127.0.0.1:${port}`, [Symbol.asyncDispose]: () => started[Symbol.asyncDispose]() };
}

/** A real server, Redis or Valkey, on a free port with nothing in it; the system's, or freshly installed. */
async function prepareRedis(): Promise<Prepared | Missing> {
  const found = findRedis();
  if (found !== undefined) return startRedis(found);
  const refusal = await aptInstall(['redis-server']);
  const installed = findRedis();
  if (installed !== undefined) return startRedis(installed);
  return { missing: `no redis-server or valkey-server in PATH; to mend it: ${refusal ?? 'put one of them there'}` };
}

export const redis: Need = { name: 'Redis', variable: 'MMC_TEST_REDIS_URL', prepare: prepareRedis };
