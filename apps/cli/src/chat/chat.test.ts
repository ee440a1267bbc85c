import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCuttingProxy } from '../testing/cutting-proxy.ts';
import { mmc, startMmc, startServer, type TestServer } from '../testing/test-server.ts';

const timeout = 60_000;
let server: TestServer;
let slow: TestServer;
beforeAll(async () => {
  const nowhere = 'http://127.0.0.1:9';
  const settings = { apiKey: 'AQVNexample', folderId: 'b1gexample', baseUrl: nowhere, openaiBaseUrl: `${nowhere}/v1` };
  const unreachable = { slug: 'far', plugin: 'yandexgpt', settings };
  [server, slow] = await Promise.all([startServer({ providers: [unreachable] }), startServer({ pace: 'natural' })]);
}, timeout);
afterAll(async () => {
  await Promise.all([server[Symbol.asyncDispose](), slow[Symbol.asyncDispose]()]);
});

const at = ({ url }: { url: string }) => ({ MMC_SERVER: url });
const linesOf = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string; [name: string]: unknown });

describe('one question', { timeout }, () => {
  test('through a pipe: the answer and nothing else', async () => {
    const piped = await mmc(['chat', '-m', 'guide'], { env: at(server), stdin: 'Who are you?' });
    expect(piped).toEqual({ code: 0, stdout: expect.stringMatching(/^I am the \*\*demo guide\*\*[\s\S]*\n$/), stderr: '' });
    const both = await mmc(['chat', '--model', 'demo/guide', 'What', 'did', 'I', 'write?'], { env: at(server), stdin: 'text of a file\n' });
    expect(both).toMatchObject({ code: 0, stdout: 'This is your first message in this chat.\n' });
  });

  test('as at a terminal where colour is asked for', async () => {
    const { stdout } = await mmc(['chat', '-m', 'guide', 'Show me code and a table'], { env: { ...at(server), FORCE_COLOR: '1' } });
    expect(stdout).toContain('\u001b[2m─── ts\u001b[22m\n');
    expect(stdout).not.toContain('**');
  });

  test('as lines of JSON, the whole answer last', async () => {
    const { code, stdout } = await mmc(['chat', '--json', '-m', 'guide', '-s', 'be kind', '-t', '0,5', 'Thanks'], { env: at(server) });
    const lines = linesOf(stdout);
    expect(code).toBe(0);
    expect(lines[0]).toMatchObject({ type: 'sent', model: 'demo/guide', chatId: expect.any(String), runId: expect.any(String) });
    expect(lines.at(-2)).toMatchObject({ type: 'finish', state: 'completed' });
    expect(lines.at(-1)).toMatchObject({
      type: 'answer',
      state: 'completed',
      text: expect.stringMatching(/^You are welcome/),
      usage: { isEstimated: true },
    });
    const chatId = String(lines[0]?.['chatId']);
    const chat = (await (await fetch(`${server.url}/api/v1/chats/${chatId}`)).json()) as object;
    expect(chat).toMatchObject({ settings: { systemPrompt: 'be kind', temperature: 0.5 } });
    const next = await mmc(['chat', '-c', chatId, 'What did I write?'], { env: at(server) });
    expect(next.stdout).toBe('Before this you wrote 1 message. The last one was: “Thanks”.\n');
  });

  test.each([
    [['chat', '-m', 'demo/nobody', 'x'], '', 65, 'There is no model "demo/nobody". There are: demo/guide, far/'],
    [['chat', '-c', 'nochat', 'x'], '', 65, 'nochat'],
    [['chat'], '  \n', 65, 'The message is empty'.toLowerCase()],
    [['chat'], Buffer.from([0xff, 0xfe, 0x20]), 65, 'not UTF-8'],
    [['chat'], 'a'.repeat(200_001), 65, 'The message has 200,001 characters, 1 too many'],
    [['chat', '-t', 'hot', 'x'], '', 2, '--temperature takes a number from 0 to 2, not "hot".'],
  ])('%j is refused', async (args, stdin, code, message) => {
    const result = await mmc(args, { env: at(server), stdin });
    expect(result).toEqual({ code, stdout: '', stderr: expect.stringContaining(message) });
  });

  test('a vendor that cannot be reached is worth a retry', async () => {
    const { code, stdout, stderr } = await mmc(['chat', '-m', 'far/yandexgpt-5-lite', 'x'], { env: at(server) });
    expect({ code, stdout }).toEqual({ code: 75, stdout: '' });
    expect(stderr).toMatch(/^.+127\.0\.0\.1.+$/m);
  });
});

describe('an answer that is not left alone', { timeout }, () => {
  test('Ctrl-C stops it on the server and keeps what came', async () => {
    const running = startMmc(['chat', '--json', 'Show me code and a table'], { env: at(slow) });
    const runId = linesOf((await running.until('text-delta')).split('\n')[0] ?? '')[0]?.['runId'];
    running.child.kill('SIGINT');
    const { code, stdout } = await running.result;
    const last = linesOf(stdout).at(-1);
    expect(code).toBe(130);
    expect(last).toMatchObject({ type: 'answer', state: 'stopped' });
    expect(String(last?.['text']).length).toBeGreaterThan(0);
    expect(await (await fetch(`${slow.url}/api/v1/runs/${String(runId)}`)).json()).toMatchObject({ state: 'stopped' });
  });

  test('a cut connection is taken up again, without a gap and without a repeat', async () => {
    await using proxy = await startCuttingProxy(slow.url);
    const question = ['-m', 'demo/guide', 'Who are you?'];
    const { code, stdout } = await mmc(['chat', '--json', ...question], { env: { MMC_SERVER: proxy.url } });
    const lines = linesOf(stdout);
    const whole = await mmc(['chat', ...question], { env: at(server) });
    expect(code).toBe(0);
    expect(proxy.streams).toBe(2);
    expect(`${String(lines.at(-1)?.['text'])}\n`).toBe(whole.stdout);
    const seqs = lines.flatMap(({ seq }) => (typeof seq === 'number' ? [seq] : []));
    expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
  });

  test('a server that is killed in mid-answer: interrupted, with the text so far', async () => {
    await using victim = await startServer({ pace: 'natural' });
    const running = startMmc(['chat', '--json', 'Show me code and a table'], { env: at(victim) });
    await running.until('text-delta');
    await victim.kill();
    await victim.restart();
    const { code, stdout } = await running.result;
    expect(code).toBe(75);
    expect(linesOf(stdout).at(-1)).toMatchObject({ type: 'answer', state: 'interrupted', text: expect.stringMatching(/./) });
  });
});

describe('a conversation', { timeout }, () => {
  test('line by line, with commands; a fault does not end it', async () => {
    const input = [
      'Hello',
      '/model nobody',
      '/model gui',
      '/model',
      'What did \\',
      'I write?',
      '/dance',
      '/help',
      '',
      '/new',
      'What did I write?',
      '/quit',
      'x',
    ];
    const { code, stdout, stderr } = await mmc(['chat', '-i', '-m', 'guide'], { env: at(server), stdin: input.join('\n') });
    expect(code).toBe(0);
    expect(stderr).toContain('There is no model "nobody"');
    expect(stderr).toContain('There is no command /dance.');
    const places = [
      'Model: demo/guide. Ctrl-C',
      'Hello!',
      '* demo/guide',
      'The last one was: “Hello”.',
      '/quit ',
      'A new chat begins.',
      'This is your first message',
    ].map((text) => stdout.indexOf(text));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  test('Ctrl-C ends the answer, not the program', async () => {
    const running = startMmc(['chat', '-i', '-m', 'guide'], { env: at(slow), stdin: null });
    running.child.stdin?.write('Tell me a story\n');
    await running.until(/you> [\s\S]*\w{3}/);
    running.child.kill('SIGINT');
    running.child.stdin?.end('/new\n');
    const { code, stdout, stderr } = await running.result;
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'Stopped.\n' });
    expect(stdout).toContain('A new chat begins.');
  });
});
