import type { Attachment, Chat, StorageWriter } from '@multimodel/core';
import { toAttachmentId, toMessageId, toUserId } from '@multimodel/core';
import { expect, test } from 'vitest';
import { insertConversation, sampleAttachment, sampleChat, sampleMessage } from './samples.ts';
import { useStorage } from './shared-storage.ts';
import type { OpenTestStorage } from './test-database.ts';

export function attachmentContract(open: OpenTestStorage): void {
  const storage = useStorage(open);
  const insert = async (...attachments: readonly Attachment[]) =>
    storage().transact(async (tx) => {
      for (const attachment of attachments) await tx.attachments.insert(attachment);
    });
  const find = (id: Attachment['id']) => storage().read.attachments.findById(id);
  const conversation = (work: (tx: StorageWriter, made: Awaited<ReturnType<typeof insertConversation>>) => Promise<void>) =>
    storage().transact(async (tx) => {
      const made = await insertConversation(tx);
      await work(tx, made);
      return made;
    });

  test('an attachment comes back as it was stored, and unknown ones are not found', async () => {
    const bare = sampleAttachment({ mediaType: 'application/pdf', kind: 'document' });
    const full = sampleAttachment({ name: 'Кот 🐈.png', size: 5_000_000_000, width: 640, height: 480, createdAt: 1_790_000_000_123 });
    await insert(bare, full);
    expect([await find(bare.id), await find(full.id)]).toEqual([bare, full]);
    expect(await find(toAttachmentId('nobody'))).toBeUndefined();
  });

  test.each([
    ['of an owner who does not exist', { ownerId: toUserId('stranger') }],
    ['of a message that does not exist', { messageId: toMessageId('nobody') }],
  ])('an attachment %s is refused', async (_name, changes) => {
    await expect(insert(sampleAttachment(changes))).rejects.toMatchObject({ code: 'conflict' });
  });

  test('one that waits becomes part of a message, and messages say what they have', async () => {
    const waiting = sampleAttachment();
    await insert(waiting);
    const { ownerId: _owner, messageId: _message, createdAt: _createdAt, ...facts } = waiting;
    const { question, answer } = await conversation(async (tx, made) => {
      await tx.attachments.attach(waiting.id, made.question.id);
      await tx.messages.insert(sampleMessage(made.chat, { parentId: made.question.id, attachments: [facts, facts] }));
      await tx.messages.setOutcome(made.answer.id, { state: 'completed', text: 'x', attachments: [facts] });
    });
    expect(await find(waiting.id)).toEqual({ ...waiting, messageId: question.id });
    const { items } = await storage().read.messages.listByChat(question.chatId, { limit: 10, order: 'asc' });
    expect(items.map(({ attachments }) => attachments?.length)).toEqual([undefined, 1, 2]);
    expect((await storage().read.messages.findById(answer.id))?.attachments).toEqual([facts]);
  });

  test('only one that waits can be deleted', async () => {
    const [waiting, sent] = [sampleAttachment(), sampleAttachment()];
    await insert(waiting, sent);
    await conversation((tx, { question }) => tx.attachments.attach(sent.id, question.id));
    const remove = (id: Attachment['id']) => storage().transact((tx) => tx.attachments.deleteUnsent(id));
    expect([await remove(waiting.id), await remove(sent.id), await remove(waiting.id)]).toEqual([true, false, false]);
    expect([await find(waiting.id), (await find(sent.id))?.id]).toEqual([undefined, sent.id]);
  });

  test('those that have waited too long go, a limited number at a time, with the word of their contents', async () => {
    const old = [1, 2, 3].map((createdAt) => sampleAttachment({ createdAt: createdAt - 10_000 }));
    const [young, sent] = [sampleAttachment({ createdAt: -5_000 }), sampleAttachment({ createdAt: -10_000 })];
    await insert(...old, young, sent);
    await conversation((tx, { question }) => tx.attachments.attach(sent.id, question.id));
    const sweep = () => storage().transact((tx) => tx.attachments.deleteUnsentBefore(-5_000, 2));
    const first = await sweep();
    const second = await sweep();
    expect([first.length, second.length, (await sweep()).length]).toEqual([2, 1, 0]);
    expect([...first, ...second].sort()).toEqual(old.map(({ sha256 }) => sha256).sort());
    expect([(await find(young.id))?.id, (await find(sent.id))?.id]).toEqual([young.id, sent.id]);
  });

  test.each([
    ['its chat', (tx: StorageWriter, { id }: Chat) => tx.chats.delete(id)],
    ['the messages of its chat', (tx: StorageWriter, { id }: Chat) => tx.messages.deleteByChat(id)],
  ])('a row goes with %s; its contents are known before, each once', async (_name, remove) => {
    const [one, two, other] = [sampleAttachment(), sampleAttachment(), sampleAttachment()];
    const copy = { ...sampleAttachment(), sha256: one.sha256 };
    await insert(one, two, other, copy);
    const { chat } = await conversation(async (tx, { question, answer }) => {
      for (const { id } of [one, copy]) await tx.attachments.attach(id, question.id);
      await tx.attachments.attach(two.id, answer.id);
    });
    await conversation((tx, { question }) => tx.attachments.attach(other.id, question.id));
    const contents = await storage().transact(async (tx) => {
      const named = await tx.attachments.listContents(chat.id);
      await remove(tx, chat);
      return named;
    });
    expect([...contents].sort()).toEqual([one.sha256, two.sha256].sort());
    expect(await find(one.id)).toBeUndefined();
    expect((await find(other.id))?.id).toBe(other.id);
    expect(await storage().read.attachments.findUsed([one.sha256, two.sha256, other.sha256, 'none'])).toEqual(new Set([other.sha256]));
    expect(await storage().read.attachments.findUsed([])).toEqual(new Set());
  });

  test('a chat without files names none', async () => {
    const chat = await storage().transact(async (tx) => {
      const made = sampleChat();
      await tx.chats.insert(made);
      return made;
    });
    expect(await storage().read.attachments.listContents(chat.id)).toEqual([]);
  });
}
