import type { Chat, Message, MessageId, MessageOutcome, StorageWriter } from '@multimodel/core';
import { toChatId, toMessageId, toProviderId, toRunId } from '@multimodel/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { insertConversation, nextId, sampleChat, sampleMessage, sampleProvider } from './samples.ts';
import { useStorage } from './shared-storage.ts';
import type { OpenTestStorage } from './test-database.ts';

const outcome: MessageOutcome = {
  state: 'failed',
  text: 'Часть ответа',
  reasoning: 'думаю',
  toolCalls: [{ type: 'tool-call', callId: 'call-1', name: 'weather', arguments: { city: 'Москва', days: [1, 2] } }],
  provider: 'work',
  model: 'work/yandexgpt',
  modelVersion: '18.01.2026',
  reason: 'length',
  usage: { inputTokens: 10, outputTokens: 20, reasoningTokens: 5, isEstimated: true },
  cost: { amount: 0.000123, currency: 'RUB', isEstimated: true },
  timings: { queueMs: 0.5, firstTokenMs: 120, totalMs: 900 },
  warnings: [{ code: 'parameter_dropped', parameter: 'topP', message: 'not supported' }],
  error: { code: 'rate_limited', message: 'Slow down', isRetryable: true, retryAfterMs: 1_000, details: { status: 429 } },
};

async function insertChain(tx: StorageWriter, length: number): Promise<{ readonly chat: Chat; readonly messages: readonly Message[] }> {
  const chat = sampleChat();
  await tx.chats.insert(chat);
  const messages: Message[] = [];
  for (let index = 0; index < length; index += 1) {
    const message = sampleMessage(chat, { parentId: messages.at(-1)?.id, text: `${index}` });
    messages.push(message);
    await tx.messages.insert(message);
  }
  return { chat, messages };
}

export function messageContract(open: OpenTestStorage): void {
  const storage = useStorage(open);
  const withChat = (work: (tx: StorageWriter, chat: Chat) => Promise<void>) =>
    storage().transact(async (tx) => {
      const chat = sampleChat();
      await tx.chats.insert(chat);
      await work(tx, chat);
      return chat;
    });

  test('a message comes back as it was stored, and unknown ones are not found', async () => {
    const provider = sampleProvider();
    let message: Message | undefined;
    await withChat(async (tx, chat) => {
      await tx.providers.save(provider);
      message = sampleMessage(chat, { role: 'assistant', ...outcome, providerId: provider.id, runId: toRunId(nextId()) });
      await tx.messages.insert(message);
    });
    expect(message && (await storage().read.messages.findById(message.id))).toEqual(message);
    expect(await storage().read.messages.findById(toMessageId('nobody'))).toBeUndefined();
  });

  test.each([
    ['of a chat that does not exist', { chatId: toChatId('nobody') }],
    ['under a parent that does not exist', { parentId: toMessageId('nobody') }],
    ['of a provider that does not exist', { providerId: toProviderId('nobody') }],
  ])('a message %s is refused', async (_name, changes) => {
    await expect(withChat((tx, chat) => tx.messages.insert(sampleMessage(chat, changes)))).rejects.toMatchObject({ code: 'conflict' });
  });

  test('an outcome fills the message and leaves its place in the tree', async () => {
    const { answer, run } = await storage().transact(async (tx) => {
      const made = await insertConversation(tx);
      await tx.messages.setOutcome(made.answer.id, outcome);
      return made;
    });
    expect(await storage().read.messages.findById(answer.id)).toEqual({ ...answer, ...outcome });
    await storage().transact((tx) => tx.messages.setOutcome(answer.id, { state: 'completed', text: 'x' }));
    expect(await storage().read.messages.findById(answer.id)).toEqual({ ...answer, state: 'completed', text: 'x' });
    expect((await storage().read.runs.findById(run.id))?.messageId).toBe(answer.id);
  });

  test('a text of a megabyte with emoji, Cyrillic and half a surrogate pair survives; U+0000 is replaced', async () => {
    const long = '👩‍👩‍👧 Привет, «мир» ‏שלום \u001F\n'.repeat(40_000);
    const big = sampleMessage({ id: toChatId('') }, { text: long, reasoning: 'a\u0000b' });
    await withChat((tx, chat) => tx.messages.insert({ ...big, chatId: chat.id }));
    const found = await storage().read.messages.findById(big.id);
    expect(found?.text).toBe(long);
    expect(found?.reasoning).toBe('a\uFFFDb');
  });

  test('pages joined are the whole chat in both orders', async () => {
    const cases = fc.asyncProperty(
      fc.integer({ min: 0, max: 12 }),
      fc.integer({ min: 1, max: 5 }),
      fc.constantFrom('asc', 'desc'),
      async (length, limit, order) => {
        const { chat, messages } = await storage().transact((tx) => insertChain(tx, length));
        const ids: MessageId[] = [];
        let cursor: string | undefined;
        do {
          const page = await storage().read.messages.listByChat(chat.id, { limit, cursor, order });
          ids.push(...page.items.map((message) => message.id));
          cursor = page.nextCursor;
        } while (cursor !== undefined);
        const expected = messages.map((message) => message.id);
        expect(ids).toEqual(order === 'asc' ? expected : expected.toReversed());
      },
    );
    await fc.assert(cases, { numRuns: 25, seed: 2 });
  });

  test('a cursor of another list is refused', async () => {
    const cursor = Buffer.from('[1,"a"]').toString('base64url');
    await expect(storage().read.messages.listByChat(toChatId('a'), { limit: 1, cursor, order: 'asc' })).rejects.toMatchObject({
      code: 'validation_failed',
    });
  });

  test('a branch is the path to its leaf, oldest first, at most the newest `limit`', async () => {
    const { chat, messages } = await storage().transact((tx) => insertChain(tx, 5));
    const leaf = messages[4]?.id ?? toMessageId('');
    const fork = sampleMessage(chat, { parentId: messages[1]?.id, text: 'fork' });
    await storage().transact((tx) => tx.messages.insert(fork));
    const texts = async (id: MessageId, limit: number) =>
      (await storage().read.messages.listBranch(id, limit)).map((message) => message.text);
    expect(await texts(leaf, 100)).toEqual(['0', '1', '2', '3', '4']);
    expect(await texts(leaf, 5)).toEqual(['0', '1', '2', '3', '4']);
    expect(await texts(leaf, 2)).toEqual(['3', '4']);
    expect(await texts(leaf, 0)).toEqual([]);
    expect(await texts(fork.id, 100)).toEqual(['0', '1', 'fork']);
    expect(await texts(toMessageId('nobody'), 100)).toEqual([]);
    expect(await storage().read.messages.listBranch(leaf, 1)).toEqual([messages[4]]);
  });

  test('each message of a branch knows its place among those with the same parent', async () => {
    const { chat, messages } = await storage().transact((tx) => insertChain(tx, 3));
    const [root, middle, leaf] = messages;
    if (!root || !middle || !leaf) throw new Error('no chain');
    const root2 = sampleMessage(chat);
    const leaves = [sampleMessage(chat, { parentId: middle.id }), sampleMessage(chat, { parentId: middle.id })] as const;
    await storage().transact(async (tx) => {
      await insertChain(tx, 2);
      for (const message of [root2, ...leaves]) await tx.messages.insert(message);
    });
    const siblings = await storage().read.messages.listSiblings([root, middle, leaf]);
    expect([...siblings].sort(([a], [b]) => (a < b ? -1 : 1))).toEqual([
      [root.id, { index: 0, count: 2, nextId: root2.id }],
      [middle.id, { index: 0, count: 1 }],
      [leaf.id, { index: 0, count: 3, nextId: leaves[0].id }],
    ]);
    expect(await storage().read.messages.listSiblings([leaves[0]])).toEqual(
      new Map([[leaves[0].id, { index: 1, count: 3, previousId: leaf.id, nextId: leaves[1].id }]]),
    );
    expect((await storage().read.messages.listSiblings([root2])).get(root2.id)).toEqual({ index: 1, count: 2, previousId: root.id });
    expect(await storage().read.messages.listSiblings([])).toEqual(new Map());
  });

  test('the newest message below is found on whatever branch', async () => {
    const { chat, messages } = await storage().transact((tx) => insertChain(tx, 4));
    const [root, middle, , leaf] = messages;
    if (!root || !middle || !leaf) throw new Error('no chain');
    const fork = sampleMessage(chat, { parentId: root.id });
    await storage().transact((tx) => tx.messages.insert(fork));
    const below = (id: MessageId) => storage().read.messages.findNewestBelow(id);
    expect([await below(root.id), await below(middle.id), await below(leaf.id)]).toEqual([fork.id, leaf.id, leaf.id]);
    expect(await below(toMessageId('nobody'))).toBeUndefined();
  });

  test('an answer that goes on keeps what it says and has cost, and forgets how it had ended', async () => {
    const { answer } = await storage().transact(async (tx) => {
      const made = await insertConversation(tx);
      await tx.messages.setOutcome(made.answer.id, outcome);
      await tx.messages.resume(made.answer.id, toRunId('next'));
      return made;
    });
    const { reason: _reason, error: _error, ...kept } = outcome;
    expect(await storage().read.messages.findById(answer.id)).toEqual({ ...answer, ...kept, state: 'streaming', runId: toRunId('next') });
  });

  test('a branch of 2,000 messages can be read and deleted at once', async () => {
    const { chat, messages } = await storage().transact((tx) => insertChain(tx, 2_000));
    expect(await storage().read.messages.listBranch(messages.at(-1)?.id ?? toMessageId(''), 5_000)).toHaveLength(2_000);
    await storage().transact((tx) => tx.chats.delete(chat.id));
    expect((await storage().read.messages.listByChat(chat.id, { limit: 1, order: 'asc' })).items).toEqual([]);
  });

  test('emptying a chat takes messages, runs and chunks, and its leaf', async () => {
    const { chat, answer, run } = await storage().transact(async (tx) => {
      const made = await insertConversation(tx);
      await tx.chats.update(made.chat.id, { leafId: made.answer.id, updatedAt: 8 });
      await tx.runs.appendChunks([{ runId: made.run.id, events: [{ seq: 1, type: 'text-delta', text: 'x' }] }]);
      await tx.messages.deleteByChat(made.chat.id);
      return made;
    });
    expect(await storage().read.chats.findById(chat.id)).toEqual({ ...chat, leafId: undefined, updatedAt: 8 });
    expect(await storage().read.messages.findById(answer.id)).toBeUndefined();
    expect(await storage().read.runs.findById(run.id)).toBeUndefined();
    expect(await storage().read.runs.loadEvents(run.id)).toEqual([]);
  });
}
