import type { Storage } from '@multimodel/core';
import { defaultUserSettings, toAttachmentId, toChatId, toMessageId, toRunId } from '@multimodel/core';
import { bigAttachment, bigChat, bigContents, bigLeaf, bigRun } from './big-database.ts';
import { insertConversation, localUser, sampleAttachment, sampleProvider, sampleUsage, textEvents } from './samples.ts';

/** Calls each verb of each repository at least once, lists also with a cursor. */
export async function sendEveryQuery(storage: Storage): Promise<void> {
  const { read } = storage;
  const chatId = toChatId(bigChat);
  const first = await read.chats.listByOwner(localUser, { limit: 50 });
  await read.chats.listByOwner(localUser, { limit: 50, cursor: first.nextCursor });
  await read.chats.findById(chatId);
  for (const order of ['asc', 'desc'] as const) {
    const page = await read.messages.listByChat(chatId, { limit: 20, order });
    await read.messages.listByChat(chatId, { limit: 20, order, cursor: page.nextCursor });
  }
  await read.messages.findById(toMessageId(bigLeaf));
  const branch = await read.messages.listBranch(toMessageId(bigLeaf), 200);
  await read.messages.listSiblings(branch);
  await read.messages.findNewestBelow(toMessageId(bigLeaf));
  await read.attachments.findById(toAttachmentId(bigAttachment));
  await read.attachments.listContents(chatId);
  await read.attachments.findUsed(bigContents);
  await read.runs.findById(toRunId(bigRun));
  await read.runs.findActiveByChat(chatId);
  await read.runs.listOrphans('p2', 100);
  await read.runs.loadEvents(toRunId(bigRun));
  await read.providers.list();
  await read.providers.findBySlug('work');
  await read.settings.findByUser(localUser);
  await read.usage.listByRun(toRunId(bigRun));
  await read.idempotency.find(localUser, 'k00000001');
  await sendEveryWrite(storage);
}

async function sendEveryWrite(storage: Storage): Promise<void> {
  await storage.transact(async (tx) => {
    const { chat, answer, run } = await insertConversation(tx);
    await tx.chats.findById(chat.id);
    await tx.chats.listHidden(10);
    await tx.chats.update(chat.id, { title: 'x', model: 'a/b', settings: {}, leafId: answer.id, updatedAt: 1 });
    await tx.messages.resume(answer.id, run.id);
    await tx.messages.setOutcome(answer.id, { state: 'completed', text: 'x' });
    const attachment = sampleAttachment();
    await tx.attachments.insert(attachment);
    await tx.attachments.findById(attachment.id);
    await tx.attachments.attach(attachment.id, answer.id);
    await tx.attachments.deleteUnsent(attachment.id);
    await tx.attachments.deleteUnsentBefore(1, 10);
    await tx.runs.markRunning(run.id);
    await tx.runs.appendChunks([{ runId: run.id, events: textEvents(1, 'x') }]);
    await tx.runs.finish(run.id, { state: 'completed', lastSeq: 1, finishedAt: 1 });
    const provider = sampleProvider();
    await tx.providers.save(provider);
    await tx.providers.delete(provider.id);
    await tx.settings.save(localUser, defaultUserSettings, 1);
    await tx.usage.insert(sampleUsage());
    await tx.idempotency.insert({ ownerId: localUser, key: 'new', fingerprint: 'f', response: null, createdAt: 1 });
    await tx.idempotency.deleteOlderThan(1);
    await tx.messages.deleteByChat(chat.id);
    await tx.chats.delete(chat.id);
  });
}
