import { createHash } from 'node:crypto';
import { emptyRunView, type RunView, reduceRunView } from '@multimodel/client';
import type { AttachmentDto, MessageDto } from '@multimodel/contract';
import { startYandexGptSimulator } from '@multimodel/simulators';
import { describe, expect, test } from 'vitest';
import { createDataDir, removeDataDir, type ServerProcess, startServer } from './server-process.ts';
import { createTestDatabase, postgresUrl } from './test-database.ts';

const kills = 4;

interface Kept {
  readonly server: ServerProcess;
  readonly chatId: string;
  readonly sent: AttachmentDto;
  readonly made: AttachmentDto;
}

async function upload(server: ServerProcess, text: string): Promise<AttachmentDto> {
  const answer = await fetch(`${server.url}/api/v1/attachments`, { method: 'POST', headers: { 'x-file-name': 'a.txt' }, body: text });
  expect(answer.status).toBe(201);
  return answer.json();
}

async function hashAt(server: ServerProcess, { id }: AttachmentDto): Promise<string> {
  const answer = await fetch(`${server.url}/api/v1/attachments/${id}/content`);
  expect(answer.status).toBe(200);
  return createHash('sha256')
    .update(Buffer.from(await answer.arrayBuffer()))
    .digest('hex');
}

/** Sends a file and asks for a picture; the server dies in the moment in which the picture is seen. */
async function killWhenShown(server: ServerProcess, number: number): Promise<Omit<Kept, 'server'>> {
  const sent = await upload(server, `file ${number}`);
  const chat = await server.client.chats.create({ model: 'demo/guide' });
  const { run } = await server.client.messages.send(chat.id, { text: 'Нарисуй картинку', attachments: [sent.id] });
  const gone = new AbortController();
  let view: RunView = emptyRunView;
  for await (const event of server.client.runs.watch(run.id, { signal: gone.signal })) {
    view = reduceRunView(view, event);
    if (view.attachments.length > 0) break;
  }
  await server.kill('SIGKILL');
  const [made] = view.attachments;
  if (!made) throw new Error('the demo drew nothing');
  return { chatId: chat.id, sent, made };
}

async function expectKept({ server, chatId, sent, made }: Kept): Promise<void> {
  const items: readonly MessageDto[] = (await server.client.messages.list(chatId)).items;
  expect(items.map(({ attachments }) => attachments?.map(({ id }) => id))).toEqual([[sent.id], [made.id]]);
  expect(items[1]?.state).toMatch(/completed|interrupted/);
  for (const file of [sent, made]) expect(await hashAt(server, file)).toBe(file.sha256);
}

async function killAgainAndAgain(databaseUrl?: string): Promise<void> {
  const simulator = await startYandexGptSimulator();
  const dataDir = await createDataDir(simulator.url);
  try {
    for (let number = 0; number < kills; number += 1) {
      const kept = await killWhenShown(await startServer({ dataDir, databaseUrl }), number);
      const server = await startServer({ dataDir, databaseUrl });
      await expectKept({ server, ...kept });
      await server.kill('SIGTERM');
    }
  } finally {
    await simulator[Symbol.asyncDispose]();
    await removeDataDir(dataDir);
  }
}

describe('kill -9 loses no file that was taken or shown', () => {
  test('SQLite', () => killAgainAndAgain());

  test.skipIf(postgresUrl === undefined)('PostgreSQL', async () => {
    await using database = await createTestDatabase(postgresUrl ?? '');
    await killAgainAndAgain(database.url);
  });
});
