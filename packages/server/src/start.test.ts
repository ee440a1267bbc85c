import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';

const timeoutMs = 60_000;
let dataDir: string;
let children: ChildProcess[];
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'mmc-start-'));
  children = [];
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rm(dataDir, { recursive: true, force: true });
});

/** The server as its own process, in an environment that has nothing else. */
function run(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), '--data-dir', dataDir, ...args], {
    cwd: dataDir,
    env: { PATH: process.env['PATH'], LANG: 'en_US.UTF-8', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  return { child, stderr: text(child.stderr), exited: once(child, 'exit') };
}

async function firstLine(child: ChildProcess): Promise<string> {
  let output = '';
  for await (const chunk of child.stdout ?? []) {
    output += String(chunk);
    if (output.includes('\n')) return output.slice(0, output.indexOf('\n'));
  }
  return output;
}

test('says where it is, serves, and goes when told to', { timeout: timeoutMs }, async () => {
  const { child, exited } = run(['--port', '0', '--json-ready']);
  const ready = JSON.parse(await firstLine(child));
  expect(ready).toEqual({ ready: true, url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/), pid: child.pid });
  const models = await (await fetch(`${ready.url}/api/v1/models`)).json();
  expect(models).toMatchObject({ items: [{ provider: 'demo', isDemo: true }] });
  const second = run(['--port', '0']);
  expect(await second.exited).toEqual([1, null]);
  expect(await second.stderr).toMatch(/^Multimodel Chat could not start\.\n.+/);
  child.kill('SIGTERM');
  expect(await exited).toEqual([0, null]);
});

test('a bad configuration stops it with every problem and code 78', { timeout: timeoutMs }, async () => {
  const { exited, stderr } = run(['--prot', '1'], { LOG_LEVEL: 'loud', MMC_DATADIR: 'x' });
  expect(await exited).toEqual([78, null]);
  const message = await stderr;
  expect(message).toContain('The configuration has 3 problems:');
  expect(message).toContain('--prot (command line): is not a known option. Did you mean --port?');
  expect(message).not.toMatch(/^\s+at /m);
});

test('looking changes nothing, migrating is for once, and both speak JSON', { timeout: timeoutMs }, async () => {
  const before = run(['--inspect'], { MMC_SERVER: 'http://localhost:3000' });
  expect(JSON.parse(await firstLine(before.child))).toMatchObject({ configuration: { ok: true }, database: { state: 'absent' } });
  expect(await before.exited).toEqual([0, null]);
  const migrated = run(['--migrate-only']);
  expect(JSON.parse(await firstLine(migrated.child)).applied.length).toBeGreaterThan(0);
  const bad = run(['--inspect', '--prot', '1']);
  expect(JSON.parse(await firstLine(bad.child))).toMatchObject({ configuration: { ok: false, problems: [{ key: '--prot' }] } });
  expect(await bad.exited).toEqual([78, null]);
});

test('a taken port is no reason to stay away, and a Russian terminal reads Russian', { timeout: timeoutMs }, async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const taken = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const { child } = run(['--port', String(taken)], { LANG: 'ru_RU.UTF-8' });
  expect(await firstLine(child)).toMatch(new RegExp(`^Порт ${taken} занят, поэтому взят \\d+\\.$`));
  other.close();
});
