import { emptyRunView, isTerminal, type RunView, reduceRunView } from '@multimodel/client';
import type { MessageDto } from '@multimodel/contract';
import { startYandexGptSimulator } from '@multimodel/simulators';
import { describe, expect, test } from 'vitest';
import { createRandom } from './random.ts';
import { createDataDir, removeDataDir, type ServerProcess, simulatedModel, startServer } from './server-process.ts';
import { createTestDatabase, postgresUrl } from './test-database.ts';

const kills = Number(process.env['MMC_CHAOS_KILLS'] ?? 200);
const runsAtOnce = 3;
const seed = Number(process.env['MMC_CHAOS_SEED'] ?? 20_261_122);

/** What one watcher had received of one answer when the server died. */
interface Witness {
  readonly chatId: string;
  readonly messageId: string;
  readonly runId: string;
  view: RunView;
}

async function ask(server: ServerProcess, number: number): Promise<Witness> {
  const chat = await server.client.chats.create({ model: simulatedModel });
  const sent = await server.client.messages.send(chat.id, { text: `Расскажи длинную историю № ${number} 🐻 [[long 400]]` });
  return { chatId: chat.id, messageId: sent.assistantMessage.id, runId: sent.run.id, view: emptyRunView };
}

/** Watches until the connection dies; counts what arrives. */
async function watch(server: ServerProcess, witness: Witness, onEvent: () => void): Promise<void> {
  const gone = new AbortController();
  try {
    const onConnection = ({ state }: { state: string }): void => {
      if (state === 'waiting') gone.abort();
    };
    for await (const event of server.client.runs.watch(witness.runId, { signal: gone.signal, onConnection })) {
      witness.view = reduceRunView(witness.view, event);
      onEvent();
    }
  } catch {
    // The server was killed: that is the point.
  }
}

/** Starts answers, kills the server after a random number of events has been seen, and tells what was seen. */
async function killInMidAnswer(server: ServerProcess, random: () => number): Promise<readonly Witness[]> {
  const witnesses = await Promise.all(Array.from({ length: runsAtOnce }, (_, number) => ask(server, number)));
  const enough = Promise.withResolvers<void>();
  let left = Math.floor(random() * 120);
  const onEvent = (): void => {
    if (--left < 0) enough.resolve();
  };
  const watching = witnesses.map((witness) => watch(server, witness, onEvent));
  await Promise.race([enough.promise, Promise.all(watching)]);
  await server.kill('SIGKILL');
  await Promise.all(watching);
  return witnesses;
}

async function storedAnswer(server: ServerProcess, witness: Witness): Promise<MessageDto | undefined> {
  const page = await server.client.messages.list(witness.chatId);
  return page.items.find(({ id }) => id === witness.messageId);
}

async function verify(server: ServerProcess, witness: Witness): Promise<void> {
  const stored = await storedAnswer(server, witness);
  expect(stored?.text.startsWith(witness.view.text), `seen ${witness.view.text.length}, stored ${stored?.text.length}`).toBe(true);
  const run = await server.client.runs.get(witness.runId);
  if (isTerminal(witness.view.state)) {
    expect(run.state).toBe(witness.view.state);
    return;
  }
  // It may have ended after the last event that was seen; otherwise it was cut.
  expect(['interrupted', 'completed']).toContain(run.state);
  expect(stored?.state).toBe(run.state);
}

async function chaos(databaseUrl: string | undefined): Promise<{ interrupted: number; seenCharacters: number }> {
  await using simulator = await startYandexGptSimulator({ pieceDelayMs: 1, concurrentGenerations: 1000 });
  const dataDir = await createDataDir(simulator.url);
  const random = createRandom(seed);
  let witnesses: readonly Witness[] = [];
  let interrupted = 0;
  let seenCharacters = 0;
  for (let number = 0; number <= kills; number += 1) {
    const server = await startServer({ dataDir, databaseUrl });
    for (const witness of witnesses) {
      await verify(server, witness);
      if (!isTerminal(witness.view.state)) interrupted += 1;
      seenCharacters += witness.view.text.length;
    }
    if (number === kills) await server.kill('SIGTERM');
    else witnesses = await killInMidAnswer(server, random);
  }
  await removeDataDir(dataDir);
  return { interrupted, seenCharacters };
}

describe.concurrent(`${kills} kills (kill -9) in mid-answer lose nothing that anybody has seen`, () => {
  test('on SQLite', async () => {
    const { interrupted, seenCharacters } = await chaos(undefined);
    expect(interrupted).toBeGreaterThan(kills);
    expect(seenCharacters).toBeGreaterThan(kills * 100);
  });

  test.skipIf(!postgresUrl)('on PostgreSQL', async () => {
    await using database = await createTestDatabase(postgresUrl ?? '');
    const { interrupted, seenCharacters } = await chaos(database.url);
    expect(interrupted).toBeGreaterThan(kills);
    expect(seenCharacters).toBeGreaterThan(kills * 100);
  });
});
