import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

const root = join(import.meta.dirname, '..');
const readmes = ['README.md', 'README.ru.md'];

/** Lines of all `sh` blocks. */
function commandsOf(file: string): readonly string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return Array.from(text.matchAll(/```sh\n(.*?)```/gs), ([, block = '']) => block.trim().split('\n')).flat();
}

const exampleKey = Buffer.from('019a0000-0000-4000-8000-000000000000:019b0000-0000-4000-8000-000000000000').toString('base64');

/** A shorthand of the README, as somebody with a key would type it. */
const spellOut = (command: string): string =>
  command
    .replace('AQVN...', `AQVN${'x'.repeat(36)}`)
    .replace('b1g...', 'b1gaaaaaaaaaaaaaaaaa')
    .replace('MDE5...', exampleKey);

let clone: string;
let child: ChildProcess | undefined;

beforeAll(async () => {
  clone = await mkdtemp(join(tmpdir(), 'mmc-readme-'));
  execFileSync('git', ['clone', '--quiet', root, clone]);
});

afterAll(async () => {
  child?.kill('SIGKILL');
  // A process that ended just now may still be writing its compile cache.
  await rm(clone, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
});

/** Runs it in the clone until a line says `ready`, looks around, and ends it as Ctrl-C does. */
async function runUntil(command: string, ready: RegExp, look: (line: string) => Promise<void>): Promise<void> {
  const running = spawn('sh', ['-c', `exec env PORT=0 ${command}`], { cwd: clone, stdio: ['ignore', 'pipe', 'pipe'] });
  child = running;
  const exited = Promise.withResolvers<void>();
  const found = Promise.withResolvers<string>();
  let output = '';
  const read = (bytes: Buffer): void => {
    output += bytes.toString();
    const match = ready.exec(output);
    if (match) found.resolve(match[1] ?? match[0]);
  };
  running.stdout.on('data', read);
  running.stderr.on('data', read);
  running.once('exit', (code) => {
    exited.resolve();
    found.reject(new Error(`${command} ended with ${code}:\n${output}`));
  });
  await look(await found.promise);
  running.kill('SIGTERM');
  await exited.promise;
}

const chatIsServed = (provider: string) => async (url: string) => {
  expect(await (await fetch(url)).text()).toContain('<script');
  const providers: unknown = await (await fetch(new URL('/api/v1/providers', url))).json();
  expect(providers).toMatchObject({ items: expect.arrayContaining([expect.objectContaining({ slug: provider })]) });
};

const providerOf = (command: string): string =>
  command.includes('YC_') ? 'yandexgpt' : command.includes('GIGACHAT_') ? 'gigachat' : 'demo';

const readyLine = /ready: (http\S+)/;

describe('every command of the README, in a fresh clone', () => {
  test('both languages give the same commands', () => {
    const [english, russian] = readmes.map(commandsOf);
    expect(english).toEqual(russian);
    expect(english?.length).toBeGreaterThan(3);
  });

  // `npm test` is the run that this test is part of.
  test.each([...new Set(readmes.flatMap(commandsOf))].filter((command) => command !== 'npm test'))('%s', async (command) => {
    if (command.includes('simulate')) {
      await runUntil(spellOut(command), /simulator listens on (http\S+)/, async (url) => {
        expect((await fetch(new URL('/__simulator/state', url))).status).toBe(200);
      });
    } else {
      await runUntil(spellOut(command), readyLine, chatIsServed(providerOf(command)));
    }
  });

  test('npm run dev serves a page that can write', async () => {
    await runUntil('npm run dev', /Local: +(http\S+)/, async (url) => {
      expect(await (await fetch(url)).text()).toContain('/@vite/client');
      // The page may be there before the server is.
      const headers = { 'content-type': 'application/json', origin: new URL(url).origin };
      const create = () => fetch(new URL('/api/v1/chats', url), { method: 'POST', headers, body: '{}' });
      await vi.waitUntil(async () => (await fetch(new URL('/healthz', url))).ok, { timeout: 60_000, interval: 100 });
      expect((await create()).status).toBe(201);
    });
  });
});
