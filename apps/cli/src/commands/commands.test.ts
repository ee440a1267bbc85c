import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { mmc, program, startMmc, startServer, type TestServer } from '../testing/test-server.ts';

const timeout = 60_000;
const run = promisify(execFile);

/** A server that says what a test wants. */
async function listen(answer: RequestListener): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

describe('the command line itself', { timeout }, () => {
  test.each([
    [[], 2, /^Usage: mmc/],
    [['serv'], 2, /^There is no command serv\. Did you mean serve\? See: mmc --help\n$/],
    [['chat', '--modle', 'x'], 2, /^There is no option --modle\. Did you mean --model\? See: mmc chat --help\n$/],
    [['chat', '-m'], 2, /^This option needs a value: -m, --model <model>\./],
    [['completion'], 2, /^Something is missing: shell\./],
    [['models', 'x'], 2, /^That is more than this command takes\./],
    [['completion', 'tcsh'], 2, /^There is no completion for "tcsh"/],
    [['models', '--server', 'ftp://x'], 2, /^--server takes an address/],
  ])('%j is wrong usage', async (args, code, message) => {
    expect(await mmc(args)).toEqual({ code, stdout: '', stderr: expect.stringMatching(message) });
  });

  test('help and version, in the language of the terminal', async () => {
    expect(await mmc(['--version'])).toEqual({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), stderr: '' });
    const russian = await mmc(['chat', '--help'], { env: { LANG: 'ru_RU.UTF-8' } });
    expect(russian).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Вызов: mmc chat \[параметры\][\s\S]*температура/) });
    expect((await mmc(['chat', '-m'], { env: { MMC_LANG: 'ru' } })).stderr).toContain('Этому параметру нужно значение');
  });

  test('a Node that is too old is told so', async () => {
    const { code, stderr } = await mmc(['models'], { env: { MMC_TEST_NODE_VERSION: '20.1.0' } });
    expect({ code, stderr }).toEqual({
      code: 78,
      stderr: expect.stringMatching(/Node 24\.11 or newer, and this is Node 20\.1[\s\S]*npm run mmc/),
    });
  });

  test('no server: said with what to do, code 69, in JSON too', async () => {
    const env = { MMC_SERVER: 'http://127.0.0.1:9' };
    expect(await mmc(['chat', 'x'], { env })).toEqual({
      code: 69,
      stdout: '',
      stderr: expect.stringMatching(/^No server answers at http:\/\/127\.0\.0\.1:9\..*mmc serve/),
    });
    const { code, stdout } = await mmc(['models', '--json'], { env });
    expect(code).toBe(69);
    expect(JSON.parse(stdout)).toMatchObject({ type: 'error', code: 'no_server', exitCode: 69 });
    const other = createServer((_, response) => response.writeHead(404).end('nothing')).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    expect(await mmc(['models', `--server=${url}/`])).toMatchObject({
      code: 69,
      stderr: expect.stringContaining(`Something answers at ${url}, but it is not`),
    });
    other.close();
  });
});

describe('completion', { timeout }, () => {
  test('bash completes commands, options and words', async () => {
    const { stdout: script } = await mmc(['completion', 'bash']);
    const complete = async (...words: string[]) => {
      const ask = `${script}\nCOMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _mmc; echo "\${COMPREPLY[@]}"`;
      return (await run('bash', ['-c', ask])).stdout.trim();
    };
    expect(await complete('mmc', 'mod')).toBe('models');
    expect(await complete('mmc', 'chat', '--te')).toBe('--temperature');
    expect(await complete('mmc', 'completion', '')).toBe('bash zsh fish --help -h');
  });

  test.each([
    ['zsh', [/^#compdef mmc/, /'--model\[.*\]:value:_mmc_models'/, /'chat:/]],
    ['fish', [/-n __fish_use_subcommand -f -a chat/, /from chat' -l model -s m -x -a '\(mmc models --quiet/]],
  ])('%s knows the same', async (shell, patterns) => {
    const { stdout, code } = await mmc(['completion', shell]);
    expect(code).toBe(0);
    for (const pattern of patterns) expect(stdout).toMatch(pattern);
  });
});

describe('--lang', { timeout }, () => {
  test.each([
    [['--lang', 'ru', 'models', 'x'], /^Это больше, чем/],
    [['models', 'x', '--lang=ru'], /^Это больше, чем/],
    [['models', 'x', '--lang', 'en'], /^That is more than/],
    [['--lang', 'tlh', 'models'], /^--lang takes en or ru, not "tlh"\.$/m],
    [['models', '--lang'], /^--lang takes en or ru, not ""\.$/m],
  ])('%j', async (args, words) => {
    const { code, stderr } = await mmc(args);
    expect(code).toBe(2);
    expect(stderr).toMatch(words);
  });

  test('goes before the variables, and on to the server', async () => {
    const asked: (string | undefined)[] = [];
    await using site = await listen((request, response) => {
      asked.push(request.headers['accept-language']);
      const problem = { code: 'forbidden', detail: 'Нельзя', status: 403, title: '', type: '', requestId: 'r', retryable: false };
      response.writeHead(403, { 'content-type': 'application/problem+json' }).end(JSON.stringify(problem));
    });
    const env = { MMC_SERVER: site.url, LANG: 'en_US.UTF-8', MMC_LANG: 'en' };
    expect(await mmc(['models', '--lang', 'ru'], { env })).toMatchObject({ stderr: 'Нельзя\n' });
    expect(asked).toEqual(['ru']);
  });
});

test('models lists what can be talked to; programs get all', { timeout }, async () => {
  const model = (id: string, kind: string) => ({
    id,
    name: id,
    kind,
    provider: 'work',
    providerName: 'Work',
    state: 'ready',
    isDemo: false,
  });
  const items = [model('work/talks', 'chat'), model('work/embeds', 'embedding')];
  await using site = await listen((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ items }));
  });
  const env = { MMC_SERVER: site.url };
  expect((await mmc(['models'], { env })).stdout).not.toContain('work/embeds');
  expect((await mmc(['models', '-q'], { env })).stdout).toBe('work/talks\n');
  expect(JSON.parse((await mmc(['models', '--json'], { env })).stdout)).toEqual({ items });
});

describe('beside a running server', { timeout }, () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  }, timeout);
  afterAll(() => server[Symbol.asyncDispose]());

  test('models and providers, for people and for programs', async () => {
    const env = { MMC_SERVER: server.url };
    expect((await mmc(['models'], { env })).stdout).toMatch(/^MODEL +NAME[\s\S]*\ndemo\/guide +Guide .* ready\n$/);
    expect(await mmc(['models', '-q'], { env })).toEqual({ code: 0, stdout: 'demo/guide\n', stderr: '' });
    expect(JSON.parse((await mmc(['models', '--json'], { env })).stdout)).toMatchObject({ items: [{ id: 'demo/guide' }] });
    expect((await mmc(['providers'], { env: { ...env, LANG: 'ru_RU.UTF-8' } })).stdout).toMatch(/^ПРОВАЙДЕР[\s\S]*\ndemo .* готов\n$/);
    expect(JSON.parse((await mmc(['providers', '--json'], { env })).stdout)).toMatchObject({ items: [{ slug: 'demo', state: 'ready' }] });
  });

  test('bash completes models by asking the server', async () => {
    const { stdout: script } = await mmc(['completion', 'bash']);
    const ask = `mmc() { '${process.execPath}' '${program}' "$@"; }\n${script}\nCOMP_WORDS=(mmc chat -m dem); COMP_CWORD=3; _mmc; echo "\${COMPREPLY[@]}"`;
    const { stdout } = await run('bash', ['-c', ask], { env: { ...process.env, MMC_SERVER: server.url } });
    expect(stdout.trim()).toBe('demo/guide');
  });

  test('doctor walks the server and its providers', async () => {
    const { code, stdout } = await mmc(['doctor', '--server', server.url], { cwd: server.folder });
    expect(code).toBe(0);
    expect(stdout).toMatch(/✓ {2}Database +SQLite: a running server uses it[\s\S]*✓ {2}Provider demo +ready\n\nNothing to mend\.\n$/);
  });

  test('migrate does not touch a database in use; serve ends in order', async () => {
    expect(await mmc(['migrate'], { cwd: server.folder })).toMatchObject({ code: 1, stderr: expect.stringContaining('Another server') });
    expect((await server.stop()).code).toBe(0);
    await server.restart();
  });
});

describe('without a server', { timeout }, () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mmc-cli-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('migrate says what it applied, then that nothing is left', async () => {
    const first = await mmc(['migrate', '--data-dir', join(folder, 'data'), '--json'], { cwd: folder });
    expect(first.code).toBe(0);
    expect(JSON.parse(first.stdout).applied.length).toBeGreaterThan(0);
    expect(await mmc(['migrate'], { cwd: folder })).toEqual({ code: 0, stdout: 'The database is up to date.\n', stderr: '' });
    expect(await mmc(['migrate', '--prot', '1'], { cwd: folder })).toMatchObject({
      code: 78,
      stderr: expect.stringContaining('Did you mean --port?'),
    });
  });

  test('doctor finds what is wrong before a start, changes nothing, and has an exit code for it', async () => {
    const fresh = await mmc(['doctor', '--server', 'http://127.0.0.1:9'], { cwd: folder });
    expect(fresh).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/SQLite: will be made at the first start[\s\S]*! {2}Server +none at/),
    });
    const bad = await mmc(['doctor', '--json', '--prot', '1'], { cwd: folder, env: { LOG_LEVEL: 'loud' } });
    expect(bad.code).toBe(78);
    const { ok, checks } = JSON.parse(bad.stdout) as { ok: boolean; checks: { check: string; state: string; message: string }[] };
    expect(ok).toBe(false);
    expect(checks.filter(({ state }) => state === 'failed').map(({ message }) => message)).toEqual([
      expect.stringContaining('Did you mean --port?'),
      expect.stringContaining('LOG_LEVEL (environment)'),
    ]);
    await writeFile(join(folder, 'data'), 'a file');
    const blocked = await mmc(['doctor'], { cwd: folder });
    expect(blocked).toMatchObject({ code: 1, stdout: expect.stringMatching(/✗ {2}Data folder .* is a file/) });
  });

  test('simulate starts the simulator and hands its options on', async () => {
    const running = startMmc(['simulate', 'yandexgpt', '--port', '0', '--json']);
    const { url } = JSON.parse(await running.until('\n')) as { url: string };
    expect((await fetch(`${url}/__simulator/state`)).status).toBe(200);
    running.child.kill('SIGTERM');
    expect((await running.result).code).toBe(0);
    expect(await mmc(['simulate', 'nobody'])).toMatchObject({ code: 2, stderr: expect.stringContaining('usage:') });
  });
});
