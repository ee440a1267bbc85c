import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';

// What docs/write-a-plugin.md, docs/remote-provider.md and docs/add-a-provider.md tell a stranger to do, done by the letter.

const timeout = 120_000;
const root = join(import.meta.dirname, '..');
let folder: string;
let children: ChildProcess[];

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'mmc-docs-')));
  children = [];
  await write('bin/mmc', `#!/bin/sh\nexec '${process.execPath}' '${join(root, 'apps/cli/bin/mmc.mjs')}' "$@"\n`);
  await chmod(join(folder, 'bin/mmc'), 0o755);
});
afterEach(async () => {
  for (const { pid } of children) if (pid !== undefined) endGroup(pid);
  await rm(folder, { recursive: true, force: true });
});

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

async function write(name: string, content: string): Promise<void> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

interface Block {
  readonly language: string;
  readonly name: string;
  readonly content: string;
}

/** Fenced blocks, those inside of lists too. */
async function blocksOf(document: string): Promise<readonly Block[]> {
  const source = await readFile(join(root, 'docs', document), 'utf8');
  return [...source.matchAll(/^( *)```(\w+) ?(\S*)\n([\s\S]*?)^ *```$/gm)].map(
    ([, indent = '', language = '', name = '', content = '']) => ({
      language,
      name,
      content: content.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    }),
  );
}

const shellOf = async (document: string): Promise<readonly string[]> =>
  (await blocksOf(document)).filter(({ language }) => language === 'sh').map(({ content }) => content);

function start(commands: string, cwd = folder): ChildProcess {
  const { PATH, HOME } = process.env;
  const env = { PATH: `${join(folder, 'bin')}:${dirname(process.execPath)}:${PATH}`, HOME, LANG: 'en_US.UTF-8', PORT: '0' };
  const child = spawn('bash', ['-e', '-c', commands], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  children.push(child);
  return child;
}

async function run(commands: string, cwd?: string): Promise<string> {
  const child = start(commands, cwd);
  const [[code], stdout, stderr] = await Promise.all([
    once(child, 'close'),
    child.stdout ? text(child.stdout) : '',
    child.stderr ? text(child.stderr) : '',
  ]);
  expect(code, `${commands}\n${stdout}\n${stderr}`).toBe(0);
  return stdout;
}

/** The address that a program prints when it is ready. */
async function addressOf(child: ChildProcess): Promise<string> {
  let output = '';
  for await (const piece of child.stdout ?? []) {
    output += String(piece);
    const [found] = /https?:\/\/\S+/.exec(output) ?? [];
    if (found !== undefined && output.includes('\n')) return found;
  }
  throw new Error(`It ended without an address: ${output}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

test('docs/write-a-plugin.md', { timeout }, async () => {
  const [begin = '', serve = '', ...rest] = await shellOf('write-a-plugin.md');
  expect(rest).toEqual([]);
  expect(await run(begin)).toMatch(/27 passed, 0 failed\n$/);
  const url = await addressOf(start(serve, join(folder, 'my-plugins')));
  const { items } = await (await fetch(new URL('/api/v1/provider-plugins', url))).json();
  expect(items).toContainEqual(expect.objectContaining({ id: 'acme', displayName: 'Acme' }));
});

test('docs/remote-provider.md', { timeout }, async () => {
  const [service = '', trial = '', ...rest] = await shellOf('remote-provider.md');
  expect(rest).toEqual([]);
  const port = String(await freePort());
  await addressOf(start(service.replaceAll('9000', port), root));
  expect(await run(trial.replaceAll('9000', port))).toMatch(/8 passed, 0 failed\n$/);
});

test('docs/add-a-provider.md', { timeout }, async () => {
  // A checkout as far as the steps need one.
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const name of ['vitest.config.ts', 'package.json']) await copyFile(join(root, name), join(folder, name));
  await mkdir(join(folder, 'packages/providers/src'), { recursive: true });
  const blocks = await blocksOf('add-a-provider.md');
  const output: string[] = [];
  for (const { language, name, content } of blocks) {
    if (language === 'sh') output.push(await run(content));
    else await write(`packages/providers/src/acme/${name}`, content);
  }
  expect(blocks.map(({ language }) => language)).toEqual(['sh', 'ts', 'sh']);
  expect(output.at(-1)).toMatch(/27 passed/);
  expect(await readFile(join(folder, 'packages/providers/src/acme/acme.ts'), 'utf8')).toContain('export const acme = defineProvider');
});

test.each(['write-a-plugin.md', 'remote-provider.md', 'add-a-provider.md'])('every file that docs/%s names is there', async (document) => {
  const source = await readFile(join(root, 'docs', document), 'utf8');
  const links = [...source.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, link = '']) => link).filter((link) => !/^https?:/.test(link));
  expect(links.length).toBeGreaterThan(0);
  for (const link of links) await expect(readFile(join(root, 'docs', link)), link).resolves.toBeDefined();
});
