import { ApiError, NetworkError } from '@multimodel/client';
import { expect, test } from 'vitest';
import { fakeMessageFiles, memoryShelf } from '../testing/fake-message-files.ts';
import { FakeServer, memoryStorage } from '../testing/fake-server.ts';
import { Conversations } from './conversations.ts';
import { Drafts } from './drafts.ts';
import { NewChatChoices } from './new-chat-choices.ts';
import { Outbox, type OutboxEntry } from './outbox.ts';
import { OutboxSender } from './outbox-sender.ts';
import { createStorageArea } from './storage-area.ts';

const ignore = () => undefined;
const settle = () => new Promise((resolve) => setImmediate(resolve));
const picture = (name: string) => new File(['png'], name, { type: 'image/png' });

/** A browser whose storage and shelf outlive its pages. */
function setUp() {
  const server = new FakeServer();
  const memory = memoryStorage();
  const area = createStorageArea(() => memory);
  const shelf = new Map<string, Blob>();
  const network = { isAway: false };
  let keys = 0;
  const openPage = () => {
    const outbox = new Outbox({ area, now: () => 100 });
    const drafts = new Drafts({ area, newKey: () => `key${++keys}` });
    const files = fakeMessageFiles({ server, drafts, outbox, shelf: memoryShelf(shelf) });
    const live = { client: server.client, requestFlush: (flush: () => void) => flush() };
    const listener = { chatCreated: ignore, queued: ignore, chatChanged: ignore, answerEnded: ignore, failed: ignore };
    const isAway = () => network.isAway;
    const conversations = new Conversations({
      client: server.client,
      drafts,
      outbox,
      files,
      isAway,
      live,
      now: () => 100,
      listener,
      choices: new NewChatChoices(area),
    });
    const deliver = (entry: OutboxEntry) => conversations.open(entry.chatId).deliver(entry);
    const sender = new OutboxSender({ outbox, isAway, deliver, withLock: (work) => work(), schedule: () => ignore });
    return { outbox, drafts, files, conversations, sender };
  };
  const questions = () => [...server.messages.values()].flat().filter(({ role }) => role === 'user');
  return { server, shelf, network, openPage, questions };
}

/** Sends as the composer does. */
async function send({ conversations, files }: ReturnType<ReturnType<typeof setUp>['openPage']>, text: string): Promise<boolean> {
  const { conversation } = conversations.draft.getState();
  const chosen = conversation.tray.files;
  expect(await files.keep(chosen)).toBe(true);
  const isSent = await conversation.send({ text }, { files: chosen });
  conversation.tray.release(chosen.map(({ key }) => key));
  return isSent;
}

test('a message carries its files, and its draft is gone with it', async () => {
  const { openPage, questions } = setUp();
  const page = openPage();
  const { conversation } = page.conversations.draft.getState();
  conversation.tray.add([picture('cat.png')]);
  await settle();
  expect(page.drafts.files(undefined)).toMatchObject([{ name: 'cat.png' }]);
  expect(await send(page, '')).toBe(true);
  expect(questions()).toMatchObject([{ text: '', attachments: [{ name: 'cat.png' }] }]);
  expect(page.drafts.files(undefined)).toEqual([]);
  expect(openPage().conversations.draft.getState().conversation.tray.files).toEqual([]);
});

test('a refused message keeps its files in the draft', async () => {
  const { server, openPage } = setUp();
  const page = openPage();
  const { conversation } = page.conversations.draft.getState();
  conversation.tray.add([picture('cat.png')]);
  await settle();
  server.failNext('send', new ApiError({ status: 400, code: 'attachment_not_supported' }));
  expect(await conversation.send({ text: 'see' }, { files: conversation.tray.files })).toBe(false);
  expect(openPage().conversations.draft.getState().conversation.tray.files).toMatchObject([{ name: 'cat.png', state: 'ready' }]);
});

test('written without a connection, files wait in the browser over a reload, go up once and with their message', async () => {
  const { server, shelf, network, openPage, questions } = setUp();
  const page = openPage();
  const { conversation } = page.conversations.draft.getState();
  network.isAway = true;
  server.files.failNext(new NetworkError('cut'));
  conversation.tray.add([picture('cat.png')]);
  await settle();
  expect(conversation.tray.files).toMatchObject([{ state: 'waiting' }]);
  expect(await send(page, 'see')).toBe(true);
  expect(shelf.size).toBe(1);
  const later = openPage();
  expect(later.outbox.store.getState().entries).toMatchObject([{ body: { text: 'see' }, files: [{ name: 'cat.png' }] }]);
  network.isAway = false;
  server.failNext('send', new NetworkError('cut'));
  later.sender.flush();
  await settle();
  later.sender.flush();
  await settle();
  expect(questions()).toMatchObject([{ text: 'see', attachments: [{ name: 'cat.png' }] }]);
  expect(server.files.stored.size).toBe(1);
  expect(new Set(server.files.uploads).size).toBe(1);
  expect(shelf.size).toBe(0);
  expect(later.outbox.store.getState().entries).toEqual([]);
});

test('taken back, the files are in the tray again', async () => {
  const { server, network, openPage } = setUp();
  const page = openPage();
  const { conversation } = page.conversations.draft.getState();
  network.isAway = true;
  server.files.failNext(new NetworkError('cut'));
  conversation.tray.add([picture('cat.png')]);
  await settle();
  await send(page, 'see');
  const taken = conversation.takeBack(conversation.waiting[0]?.key ?? '');
  network.isAway = false;
  await page.files.giveBack(conversation.tray, taken?.files);
  await settle();
  expect(conversation.tray.files).toMatchObject([{ name: 'cat.png', state: 'ready' }]);
});

test('a file that the browser has lost is said, and the message stays', async () => {
  const { server, shelf, network, openPage, questions } = setUp();
  const page = openPage();
  network.isAway = true;
  server.files.failNext(new NetworkError('cut'));
  page.conversations.draft.getState().conversation.tray.add([picture('cat.png')]);
  await settle();
  await send(page, 'see');
  shelf.clear();
  network.isAway = false;
  page.sender.flush();
  await settle();
  expect(page.outbox.store.getState().entries).toMatchObject([{ refusal: { lostFile: 'cat.png' } }]);
  expect(questions()).toEqual([]);
});

test('a browser that keeps nothing says so before the message waits in vain', async () => {
  const { server } = setUp();
  const area = createStorageArea(() => memoryStorage());
  const drafts = new Drafts({ area, newKey: () => 'key' });
  const full = { ...memoryShelf(), put: () => Promise.reject(new Error('QuotaExceededError')) };
  const files = fakeMessageFiles({ server, drafts, outbox: new Outbox({ area, now: () => 1 }), shelf: full });
  const tray = files.newTray();
  server.files.failNext(new NetworkError('cut'));
  tray.add([picture('cat.png')]);
  await settle();
  expect(await files.keep(tray.files)).toBe(false);
});
