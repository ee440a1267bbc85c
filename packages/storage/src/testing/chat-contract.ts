import type { Chat, ChatReader } from '@multimodel/core';
import { toChatId, toMessageId, toUserId } from '@multimodel/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { insertConversation, localUser, nextId, sampleChat, sampleUsage } from './samples.ts';
import { useStorage } from './shared-storage.ts';
import type { OpenTestStorage } from './test-database.ts';

async function collectPages(
  chats: ChatReader,
  limit: number,
): Promise<{ readonly ids: readonly string[]; readonly sizes: readonly number[] }> {
  const ids: string[] = [];
  const sizes: number[] = [];
  let cursor: string | undefined;
  do {
    const page = await chats.listByOwner(localUser, { limit, cursor });
    ids.push(...page.items.map((chat) => chat.id));
    sizes.push(page.items.length);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return { ids, sizes };
}

const newestFirst = (a: Chat, b: Chat) => b.updatedAt - a.updatedAt || (a.id < b.id ? 1 : -1);

export function chatContract(open: OpenTestStorage): void {
  const storage = useStorage(open);
  const insert = async (chat: Chat) => {
    await storage().transact((tx) => tx.chats.insert(chat));
    return chat;
  };

  test('a chat comes back as it was stored', async () => {
    const bare = await insert(sampleChat());
    const full = await insert(
      sampleChat({
        title: 'Погода 🌦',
        model: 'work/yandexgpt',
        settings: { systemPrompt: 'Кратко', temperature: 0.3, maxOutputTokens: 100, reasoningEffort: 'low' },
        leafId: toMessageId(nextId()),
        updatedAt: 1_790_000_000_123,
      }),
    );
    expect(await storage().read.chats.findById(bare.id)).toEqual(bare);
    expect(await storage().read.chats.findById(full.id)).toEqual(full);
  });

  test('chats that have messages and show none are hidden ones', async () => {
    const { chat, answer } = await storage().transact((tx) => insertConversation(tx));
    const isHidden = async (): Promise<boolean> => (await storage().read.chats.listHidden(1_000)).some(({ id }) => id === chat.id);
    const show = (leafId: typeof answer.id | undefined) => storage().transact((tx) => tx.chats.update(chat.id, { leafId, updatedAt: 1 }));
    await show(answer.id);
    expect(await isHidden()).toBe(false);
    await show(undefined);
    expect(await isHidden()).toBe(true);
    expect((await storage().read.chats.listHidden(1_000)).find(({ id }) => id === chat.id)).toEqual({ id: chat.id, ownerId: localUser });
    const empty = await insert(sampleChat());
    expect((await storage().read.chats.listHidden(1_000)).map(({ id }) => id)).not.toContain(empty.id);
    expect(await storage().read.chats.listHidden(0)).toEqual([]);
    await storage().transact((tx) => tx.messages.deleteByChat(chat.id));
    expect(await isHidden()).toBe(false);
  });

  test('an unknown id is not found, changing or deleting it does nothing', async () => {
    const id = toChatId('nobody');
    await storage().transact(async (tx) => {
      await tx.chats.update(id, { title: 'x', updatedAt: 1 });
      await tx.chats.delete(id);
    });
    expect(await storage().read.chats.findById(id)).toBeUndefined();
  });

  test('a chat of an owner who does not exist is refused', async () => {
    await expect(insert(sampleChat({ ownerId: toUserId('stranger') }))).rejects.toMatchObject({ code: 'conflict' });
  });

  test('the same id twice is refused', async () => {
    const chat = await insert(sampleChat());
    await expect(insert(chat)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('an update changes what it names, and clears what it names as undefined', async () => {
    const chat = await insert(sampleChat({ title: 'Before', model: 'a/b', settings: { temperature: 1 } }));
    await storage().transact((tx) => tx.chats.update(chat.id, { title: undefined, settings: { topP: 0.5 }, updatedAt: 9 }));
    expect(await storage().read.chats.findById(chat.id)).toEqual({ ...chat, title: undefined, settings: { topP: 0.5 }, updatedAt: 9 });
    await storage().transact((tx) =>
      tx.chats.update(chat.id, { leafId: toMessageId('leaf'), settings: {}, model: undefined, updatedAt: 10 }),
    );
    expect(await storage().read.chats.findById(chat.id)).toMatchObject({ leafId: 'leaf', settings: {}, model: undefined, updatedAt: 10 });
  });

  test('pages joined are the whole list, newest first, whatever the times and the limit', async () => {
    await storage().transact(async (tx) => {
      for (const chat of (await tx.chats.listByOwner(localUser, { limit: 1_000 })).items) await tx.chats.delete(chat.id);
    });
    const cases = fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 14 }),
      fc.integer({ min: 1, max: 6 }),
      async (times, limit) => {
        const chats = times.map((updatedAt) => sampleChat({ updatedAt }));
        await storage().transact(async (tx) => {
          for (const chat of chats) await tx.chats.insert(chat);
        });
        const { ids, sizes } = await collectPages(storage().read.chats, limit);
        await storage().transact(async (tx) => {
          for (const chat of chats) await tx.chats.delete(chat.id);
        });
        expect(ids).toEqual([...chats].sort(newestFirst).map((chat) => chat.id));
        expect(sizes.slice(0, -1).every((size) => size === limit)).toBe(true);
      },
    );
    await fc.assert(cases, { numRuns: 25, seed: 1 });
  });

  test('a list has chats of its owner only', async () => {
    await insert(sampleChat());
    expect(await storage().read.chats.listByOwner(toUserId('stranger'), { limit: 10 })).toEqual({ items: [], nextCursor: undefined });
  });

  test.each(['', 'x', 'bm90IGpzb24', Buffer.from('["a"]').toString('base64url'), Buffer.from('[1,2]').toString('base64url')])(
    'the cursor %j is refused by name',
    async (cursor) => {
      await expect(storage().read.chats.listByOwner(localUser, { limit: 2, cursor })).rejects.toMatchObject({
        code: 'validation_failed',
        details: { fields: [{ path: 'cursor' }] },
      });
    },
  );

  test('deleting a chat takes its messages, runs and chunks, and leaves its usage', async () => {
    const { chat, question, answer, run } = await storage().transact(insertConversation);
    const usage = sampleUsage({ runId: run.id });
    await storage().transact(async (tx) => {
      await tx.runs.appendChunks([{ runId: run.id, events: [{ seq: 1, type: 'text-delta', text: 'x' }] }]);
      await tx.usage.insert(usage);
      await tx.chats.delete(chat.id);
    });
    const { read } = storage();
    expect(await read.chats.findById(chat.id)).toBeUndefined();
    expect(await read.messages.findById(question.id)).toBeUndefined();
    expect(await read.messages.findById(answer.id)).toBeUndefined();
    expect(await read.runs.findById(run.id)).toBeUndefined();
    expect(await read.runs.loadEvents(run.id)).toEqual([]);
    expect(await read.usage.listByRun(run.id)).toEqual([usage]);
  });
}
