import { get, type IncomingMessage } from 'node:http';
import { emptyRunView, type RunView, reduceRunView } from '@multimodel/client';
import type { SentMessage } from '@multimodel/contract';
import { startYandexGptSimulator, type YandexGptSimulator } from '@multimodel/simulators';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRandom } from './random.ts';
import { createDataDir, removeDataDir, type ServerProcess, simulatedModel, startServer } from './server-process.ts';
import { createTestDatabase, postgresUrl } from './test-database.ts';

const random = createRandom(7);
let simulator: YandexGptSimulator;
let dataDir: string;
let server: ServerProcess;

beforeAll(async () => {
  simulator = await startYandexGptSimulator({ pieceDelayMs: 2, concurrentGenerations: 1000 });
  dataDir = await createDataDir(simulator.url);
  server = await startServer({ dataDir });
});

afterAll(async () => {
  await server.kill('SIGTERM');
  await simulator[Symbol.asyncDispose]();
  await removeDataDir(dataDir);
});

async function send(text: string, at: ServerProcess = server): Promise<SentMessage> {
  const chat = await at.client.chats.create({ model: simulatedModel });
  return at.client.messages.send(chat.id, { text });
}

async function watchToEnd(runId: string, at: ServerProcess = server): Promise<RunView> {
  let view = emptyRunView;
  for await (const event of at.client.runs.watch(runId)) view = reduceRunView(view, event);
  return view;
}

async function storedText(sent: SentMessage, at: ServerProcess = server): Promise<string | undefined> {
  const { items } = await at.client.messages.list(sent.userMessage.chatId);
  return items.find(({ id }) => id === sent.assistantMessage.id)?.text;
}

/** The bytes of one watcher, comments left out. */
async function rawEvents(runId: string): Promise<string> {
  const response = await fetch(`${server.url}/api/v1/runs/${runId}/events`);
  const text = await response.text();
  return text.replaceAll(/^:.*\n\n/gm, '');
}

/** Goes on where `view` is, for a random number of events; then the connection is cut. */
async function watchForAWhile(runId: string, view: RunView): Promise<RunView> {
  const connection = new AbortController();
  const most = 1 + Math.floor(random() * 8);
  let seen = view;
  let count = 0;
  for await (const event of server.client.runs.watch(runId, { after: view.lastSeq, signal: connection.signal })) {
    seen = reduceRunView(seen, event);
    count += 1;
    if (count === most) break;
  }
  connection.abort();
  return seen;
}

describe('a run belongs to the server', () => {
  test('several watchers get the same bytes, and a reload in mid-answer ends with the same text', async () => {
    const sent = await send('Привет [[long 200]]');
    const watchers = [rawEvents(sent.run.id), rawEvents(sent.run.id), rawEvents(sent.run.id)];
    const [first, ...others] = await Promise.all(watchers);
    for (const other of others) expect(other).toBe(first);
    const reloaded = await watchToEnd(sent.run.id);
    expect(reloaded.state).toBe('completed');
    expect(reloaded.text).toBe(await storedText(sent));
    expect(reloaded.text).toContain('200');
  });

  test('a watcher that is cut and resumed 50 times at random points ends with exactly the text', async () => {
    const sent = await send('Привет [[long 600]]');
    let view = emptyRunView;
    for (let cut = 0; cut < 50; cut += 1) view = await watchForAWhile(sent.run.id, view);
    for await (const event of server.client.runs.watch(sent.run.id, { after: view.lastSeq })) view = reduceRunView(view, event);
    expect(view.state).toBe('completed');
    expect(view.text).toBe(await storedText(sent));
  });

  test('200 runs at once all end correctly', async () => {
    const before = simulator.state;
    const sent = await Promise.all(Array.from({ length: 200 }, (_, number) => send(`Вопрос ${number} [[long 40]]`)));
    const views = await Promise.all(sent.map(({ run }) => watchToEnd(run.id)));
    expect(new Set(views.map(({ state }) => state))).toEqual(new Set(['completed']));
    const texts = await Promise.all(sent.map((one) => storedText(one)));
    expect(views.map(({ text }) => text)).toEqual(texts);
    const after = simulator.state;
    expect(after.completed - before.completed).toBe(200);
    expect(after.openStreams).toBe(0);
  });

  test('sending twice with one idempotency key makes one message', async () => {
    const chat = await server.client.chats.create({ model: simulatedModel });
    const text = 'Только один раз [[long 3]]';
    const options = { idempotencyKey: 'once-and-only-once' };
    const [one, two] = await Promise.all([
      server.client.messages.send(chat.id, { text }, options),
      server.client.messages.send(chat.id, { text }, options),
    ]);
    expect(two.userMessage.id).toBe(one.userMessage.id);
    expect(two.run.id).toBe(one.run.id);
    await watchToEnd(one.run.id);
    const again = await server.client.messages.send(chat.id, { text }, options);
    expect(again.run.id).toBe(one.run.id);
    expect((await server.client.messages.list(chat.id)).items).toHaveLength(2);
    await expect(server.client.messages.send(chat.id, { text: 'другое' }, options)).rejects.toMatchObject({
      code: 'idempotency_conflict',
      status: 422,
    });
  });
});

describe('stop', () => {
  test('reaches the connection of the vendor within 50 ms in 100 of 100 tries', async () => {
    const delays: number[] = [];
    for (let number = 0; number < 100; number += 1) delays.push(await delayOfStop(number));
    expect(delays.filter((delay) => delay <= 50)).toHaveLength(100);
  });

  test('before the first token leaves an empty stopped answer', async () => {
    const sent = await send('Подождите [[hold]]');
    await server.client.runs.stop(sent.run.id);
    const view = await watchToEnd(sent.run.id);
    expect(view).toMatchObject({ state: 'stopped', text: '' });
  });
});

describe('a reader that never reads', () => {
  test('does not grow the server', async () => {
    const piece = `${'слово '.repeat(4000)}\n`;
    const pieces = 500;
    simulator.play({ kind: 'answer', pieces: Array.from({ length: pieces }, () => piece) });
    // More than the sockets of this machine take by themselves, by a model that does not repeat itself in every frame.
    const chat = await server.client.chats.create({ model: 'yandex/gpt-oss-20b' });
    const sent = await server.client.messages.send(chat.id, { text: 'Большой ответ' });
    const paused = await Promise.all(Array.from({ length: 20 }, () => openWithoutReading(`/api/v1/runs/${sent.run.id}/events`)));
    const view = await watchToEnd(sent.run.id);
    simulator.play({ kind: 'default' });
    expect(view.state).toBe('completed');
    expect(view.text).toHaveLength(pieces * piece.length);
    expect(await metric('mmc_event_streams_open')).toBe(paused.length);
    // Their sockets have taken what they could; what was written beyond it must be far less than the 20 MB of each.
    expect(await metric('mmc_event_streams_buffered_bytes')).toBeLessThan(paused.length * 512 * 1024);
    for (const response of paused) response.destroy();
  });
});

/** Milliseconds from asking for the stop until the vendor saw its client go. */
async function delayOfStop(number: number): Promise<number> {
  const sent = await send(`Остановите меня ${number} [[stall 3]]`);
  for await (const event of server.client.runs.watch(sent.run.id)) if (event.type === 'text-delta') break;
  // Forgets the clients that went before.
  simulator.play({ kind: 'default' });
  const asked = performance.timeOrigin + performance.now();
  await server.client.runs.stop(sent.run.id);
  await simulator.clientGone();
  const gone = simulator.state.clientGoneAt.at(-1) ?? Number.POSITIVE_INFINITY;
  const view = await watchToEnd(sent.run.id);
  expect(view).toMatchObject({ state: 'stopped', text: await storedText(sent) });
  expect(view.text).not.toBe('');
  return gone - asked;
}

async function openWithoutReading(path: string): Promise<IncomingMessage> {
  const { promise, resolve } = Promise.withResolvers<IncomingMessage>();
  get(`${server.url}${path}`, (response) => resolve(response.pause()));
  return promise;
}

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${name} `));
  if (!line) throw new Error(`no metric ${name}`);
  return Number(line.split(' ')[1]);
}

/** `connected` resolves with the first event: a server that goes down takes no new watchers. */
function follow(at: ServerProcess, runId: string): { readonly connected: Promise<void>; readonly end: Promise<RunView> } {
  const connected = Promise.withResolvers<void>();
  const watch = async (): Promise<RunView> => {
    let view = emptyRunView;
    for await (const event of at.client.runs.watch(runId)) {
      view = reduceRunView(view, event);
      connected.resolve();
    }
    return view;
  };
  return { connected: connected.promise, end: watch() };
}

describe.each([
  { name: 'SQLite', open: async () => undefined, isSkipped: false },
  { name: 'PostgreSQL', open: () => createTestDatabase(postgresUrl ?? ''), isSkipped: !postgresUrl },
])('SIGTERM on $name', ({ open, isSkipped }) => {
  test.skipIf(isSkipped)('lets short answers finish, interrupts the others, and exits with 0', async () => {
    await using database = await open();
    const folder = await createDataDir(simulator.url);
    const options = { dataDir: folder, databaseUrl: database?.url };
    const stopping = await startServer({ ...options, env: { MMC_SHUTDOWN_GRACE_MS: '1500' } });
    const short = await send('Коротко [[long 100]]', stopping);
    const endless = await send('Долго [[stall 3]]', stopping);
    const watchers = [short, endless].map(({ run }) => follow(stopping, run.id));
    await Promise.all(watchers.map(({ connected }) => connected));
    await stopping.kill('SIGTERM');
    const [shortView, endlessView] = await Promise.all(watchers.map(({ end }) => end));
    expect(await stopping.exited).toEqual({ code: 0, signal: null });
    expect(shortView?.state).toBe('completed');
    expect(endlessView?.state).toBe('interrupted');
    await using restarted = await startServer(options);
    expect(await storedText(short, restarted)).toBe(shortView?.text);
    expect(await storedText(endless, restarted)).toBe(endlessView?.text);
    await removeDataDir(folder);
  });
});
