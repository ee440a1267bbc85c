import { NetworkError } from '@multimodel/client';
import { QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import type { Conversation } from '../../state/conversation.ts';
import { Conversations } from '../../state/conversations.ts';
import { Drafts } from '../../state/drafts.ts';
import { NewChatChoices } from '../../state/new-chat-choices.ts';
import { Outbox } from '../../state/outbox.ts';
import { PendingClears } from '../../state/pending-clears.ts';
import { createStorageArea } from '../../state/storage-area.ts';
import { type UndoableAction, UndoableActions } from '../../state/undoable-actions.ts';
import { fakeMessageFiles } from '../../testing/fake-message-files.ts';
import { FakeServer, memoryStorage, notFound } from '../../testing/fake-server.ts';
import { ChatActions } from './chat-actions.ts';

const settle = () => new Promise((resolve) => setImmediate(resolve));

/** A page over a server and a browser's storage that outlive it. */
function openPage(server: FakeServer, storage: ReturnType<typeof memoryStorage>, now = () => 0) {
  const area = createStorageArea(() => storage);
  const undoables = new UndoableActions();
  const offered: UndoableAction[] = [];
  const failures: string[] = [];
  const nothing = () => undefined;
  const drafts = new Drafts({ area, newKey: () => 'key' });
  const outbox = new Outbox({ area, now });
  const conversations = new Conversations({
    client: server.client,
    drafts,
    outbox,
    files: fakeMessageFiles({ server, drafts, outbox }),
    isAway: () => false,
    live: { client: server.client, requestFlush: (flush) => flush() },
    now,
    choices: new NewChatChoices(area),
    listener: { chatCreated: nothing, queued: nothing, chatChanged: nothing, answerEnded: nothing, failed: nothing },
  });
  const notices = {
    failure: (text: string) => void failures.push(text),
    done: () => undefined,
    progress: () => ({ update: () => undefined, close: () => undefined }),
    undoable: (_text: string, action: UndoableAction) => void offered.push(undoables.begin(action)),
  };
  const clears = new PendingClears({ area, now });
  const actions = new ChatActions({ client: server.client, queries: new QueryClient(), conversations, notices, clears });
  return { actions, conversations, offered, failures, leave: () => undoables.commitAll() };
}

async function clearedChat(now?: () => number) {
  const server = new FakeServer();
  const storage = memoryStorage();
  const { id } = server.addChat();
  server.addMessages(id, 3);
  const page = openPage(server, storage, now);
  await page.conversations.open(id).load();
  await page.actions.clear(id);
  const shownBy = async (conversation: Conversation) => {
    await conversation.load();
    return conversation.store.getState().messages.length;
  };
  return { server, storage, id, page, shownBy };
}

test('a cleared chat is empty everywhere at once, and comes back when that is undone', async () => {
  const { server, storage, id, page, shownBy } = await clearedChat();
  expect(await shownBy(openPage(server, storage).conversations.open(id))).toBe(0);
  page.offered[0]?.undo();
  await settle();
  expect(page.conversations.open(id).store.getState().messages).toHaveLength(3);
  expect(await shownBy(openPage(server, storage).conversations.open(id))).toBe(3);
  expect(storage.length).toBe(0);
});

test('nobody wants it back: the messages are removed, and nothing is remembered', async () => {
  const { server, storage, id, page } = await clearedChat();
  page.offered[0]?.commit();
  await settle();
  expect(server.messages.get(id)).toEqual([]);
  expect(storage.length).toBe(0);
});

test('a reload within the time offers it back', async () => {
  const { server, storage, id, page, shownBy } = await clearedChat();
  page.leave();
  await settle();
  expect(server.messages.get(id)).toHaveLength(3);
  const next = openPage(server, storage, () => 59_999);
  next.actions.resumeClears();
  next.actions.resumeClears();
  expect(next.offered).toHaveLength(1);
  next.offered[0]?.undo();
  await settle();
  expect(await shownBy(next.conversations.open(id))).toBe(3);
});

test('a page that comes too late finishes it', async () => {
  const { server, storage, id, page } = await clearedChat();
  page.leave();
  const next = openPage(server, storage, () => 60_000);
  next.actions.resumeClears();
  await settle();
  expect([next.offered.length, server.messages.get(id), storage.length]).toEqual([0, [], 0]);
});

test('what another tab has brought back is not removed', async () => {
  const { server, storage, id, page } = await clearedChat();
  const other = openPage(server, storage);
  other.actions.resumeClears();
  other.offered[0]?.undo();
  await settle();
  page.offered[0]?.commit();
  await settle();
  expect(server.messages.get(id)).toHaveLength(3);
});

test('bringing back that fails is offered again, unless nothing is left to bring back', async () => {
  const { server, page } = await clearedChat();
  server.failNext('update', new NetworkError('cut'));
  page.offered[0]?.undo();
  await settle();
  expect([page.failures.length, page.offered.length]).toEqual([1, 2]);
  server.failNext('update', notFound());
  page.offered[1]?.undo();
  await settle();
  expect([page.failures.length, page.offered.length]).toEqual([2, 2]);
});
