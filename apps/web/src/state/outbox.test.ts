import { ApiError, NetworkError } from '@multimodel/client';
import { expect, test } from 'vitest';
import { fakeMessageFiles } from '../testing/fake-message-files.ts';
import { FakeServer, memoryStorage } from '../testing/fake-server.ts';
import { Conversations } from './conversations.ts';
import { Drafts } from './drafts.ts';
import { NewChatChoices } from './new-chat-choices.ts';
import { Outbox, type OutboxEntry } from './outbox.ts';
import { OutboxSender } from './outbox-sender.ts';
import { createStorageArea } from './storage-area.ts';

const ignore = () => undefined;
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** One lock for all tabs, as the browser gives it. */
function createLock() {
  let last: Promise<void> = Promise.resolve();
  return (work: () => Promise<void>) => {
    last = last.then(work);
    return last;
  };
}

/** A browser with one storage and one lock, and any number of tabs in it. */
function setUp(raw = memoryStorage()) {
  const server = new FakeServer();
  const network = { isAway: true };
  const withLock = createLock();
  let keys = 0;
  const openTab = () => {
    const area = createStorageArea(() => raw);
    const timers: (() => void)[] = [];
    const outbox = new Outbox({ area, now: () => 100 });
    const drafts = new Drafts({ area, newKey: () => `key${++keys}` });
    const live = { client: server.client, requestFlush: (flush: () => void) => flush() };
    const flush = () => sender.flush();
    const listener = { chatCreated: ignore, queued: flush, chatChanged: ignore, answerEnded: flush, failed: ignore };
    const isAway = () => network.isAway;
    const choices = new NewChatChoices(area);
    const files = fakeMessageFiles({ server, drafts, outbox });
    const { client } = server;
    const conversations = new Conversations({ client, drafts, outbox, files, isAway, live, now: () => 100, listener, choices });
    const deliver = (entry: OutboxEntry) => conversations.open(entry.chatId).deliver(entry);
    const schedule = (callback: () => void) => {
      timers.push(callback);
      return () => void timers.splice(timers.indexOf(callback), 1);
    };
    const sender: OutboxSender = new OutboxSender({ outbox, isAway, deliver, withLock, schedule });
    return { outbox, drafts, conversations, sender, timers };
  };
  const texts = (chatId: string) => server.messages.get(chatId)?.flatMap(({ role, text }) => (role === 'user' ? [text] : []));
  const finishAnswer = async (chatId: string) => {
    const last = server.messages.get(chatId)?.at(-1);
    Object.assign(last ?? {}, { state: 'completed' });
    server.run(last?.runId ?? '').emit({ type: 'finish', state: 'completed' });
    await settle();
  };
  const sends = () => server.calls.filter((call) => call.startsWith('send'));
  return { server, network, openTab, texts, finishAnswer, sends };
}

test('messages written without a connection go out in order, each after the answer before it', async () => {
  const { server, network, openTab, texts, finishAnswer } = setUp();
  const { id } = server.addChat();
  const { conversations, sender, outbox, drafts } = openTab();
  const conversation = conversations.open(id);
  await conversation.load();
  drafts.saveText(id, 'one');
  expect(await conversation.send({ text: 'one' })).toBe(true);
  expect(await conversation.send({ text: 'two' })).toBe(true);
  expect(drafts.text(id)).toBe('');
  expect(outbox.of(id).map(({ body }) => body.text)).toEqual(['one', 'two']);
  network.isAway = false;
  sender.flush();
  await settle();
  expect(texts(id)).toEqual(['one']);
  await finishAnswer(id);
  expect(texts(id)).toEqual(['one', 'two']);
  await finishAnswer(id);
  expect(outbox.store.getState().entries).toEqual([]);
  expect(conversation.store.getState().messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user', 'assistant']);
});

test('a message whose answer was lost on the way waits with its key, and is there once', async () => {
  const { server, network, openTab, texts, sends } = setUp();
  const { id } = server.addChat();
  const { conversations, sender, outbox } = openTab();
  const conversation = conversations.open(id);
  await conversation.load();
  network.isAway = false;
  server.failNext('send', new NetworkError('cut'), { isLate: true });
  expect(await conversation.send({ text: 'once' })).toBe(true);
  await settle();
  sender.flush();
  await settle();
  expect(texts(id)).toEqual(['once']);
  expect(new Set(sends())).toEqual(new Set(['send key1']));
  expect(outbox.store.getState().entries).toEqual([]);
});

test('two tabs and a reload send each message once', async () => {
  const { server, network, openTab, texts, sends } = setUp();
  const { id } = server.addChat();
  const first = openTab();
  await first.conversations.open(id).load();
  await first.conversations.open(id).send({ text: 'once' });
  const tabs = [first, openTab(), openTab()];
  expect(tabs.map(({ outbox }) => outbox.of(id).length)).toEqual([1, 1, 1]);
  network.isAway = false;
  for (const { sender } of tabs) sender.flush();
  await settle();
  await settle();
  expect(texts(id)).toEqual(['once']);
  expect(sends()).toEqual(['send key1']);
});

test('a chat begun without a connection is created once, with what was chosen for it, and known by both names', async () => {
  const { server, network, openTab, texts, finishAnswer } = setUp();
  const { conversations, sender, outbox } = openTab();
  const { conversation } = conversations.draft.getState();
  await conversation.setSettings({ temperature: 0.1 });
  await conversation.send({ text: 'one', model: 'a/b' });
  await conversation.send({ text: 'two', model: 'a/b' });
  const { localId = '' } = conversation.store.getState();
  expect(conversations.open(localId)).toBe(conversation);
  conversations.startNew();
  expect(conversations.draft.getState().conversation).not.toBe(conversation);
  network.isAway = false;
  server.failNext('create', new NetworkError('cut'), { isLate: true });
  sender.flush();
  await settle();
  expect(outbox.store.getState().entries).toHaveLength(2);
  sender.flush();
  await settle();
  expect([...server.chats.values()]).toMatchObject([{ model: 'a/b', settings: { temperature: 0.1 } }]);
  const { chatId = '' } = conversation.store.getState();
  await finishAnswer(chatId);
  expect(texts(chatId)).toEqual(['one', 'two']);
  expect(conversations.open(chatId)).toBe(conversation);
  expect(openTab().conversations.open(localId).store.getState().chatId).toBe(chatId);
});

test('a refused message stays with its reason and holds up those after it, until it is taken back or tried again', async () => {
  const { server, network, openTab, texts } = setUp();
  const { id } = server.addChat();
  const { conversations, sender, outbox, drafts } = openTab();
  const conversation = conversations.open(id);
  await conversation.load();
  await conversation.send({ text: 'bad' });
  await conversation.send({ text: 'good' });
  network.isAway = false;
  server.failNext('send', new ApiError({ status: 400, code: 'validation_failed', requestId: 'r1' }));
  sender.flush();
  await settle();
  expect(outbox.of(id)).toMatchObject([{ refusal: { code: 'validation_failed', requestId: 'r1' } }, { body: { text: 'good' } }]);
  sender.flush();
  await settle();
  expect(texts(id)).toEqual([]);
  const taken = conversation.takeBack(outbox.of(id)[0]!.key);
  drafts.putBack(id, taken?.body.text ?? '');
  expect(drafts.text(id)).toBe('bad');
  sender.flush();
  await settle();
  expect(texts(id)).toEqual(['good']);
});

test('a question changed without a connection waits, is replaced by a later change, and becomes a branch', async () => {
  const { server, network, openTab, finishAnswer } = setUp();
  const { id } = server.addChat();
  const { conversations, sender, outbox } = openTab();
  const conversation = conversations.open(id);
  await conversation.load();
  network.isAway = false;
  await conversation.send({ text: 'one' });
  await settle();
  await finishAnswer(id);
  const [question] = conversation.store.getState().messages;
  const editedId = question?.id ?? '';
  network.isAway = true;
  const edit = (text: string) => {
    conversation.branches.edit(editedId, 'message');
    return conversation.send({ text, parentId: null }, { editedId });
  };
  expect(await edit('first change')).toBe(true);
  expect(conversation.store.getState()).toMatchObject({ editing: undefined, sending: undefined });
  expect(await edit('second change')).toBe(true);
  await conversation.send({ text: 'after it' });
  expect(outbox.of(id)).toMatchObject([{ editedId, body: { text: 'second change', parentId: null } }, { body: { text: 'after it' } }]);
  expect(outbox.of(id)[1]?.editedId).toBeUndefined();
  expect(openTab().outbox.of(id)[0]?.editedId).toBe(editedId);
  network.isAway = false;
  sender.flush();
  await settle();
  const texts = () => conversation.store.getState().messages.flatMap(({ role, text }) => (role === 'user' ? [text] : []));
  expect(texts()).toEqual(['second change']);
  await finishAnswer(id);
  expect(texts()).toEqual(['second change', 'after it']);
  expect(outbox.of(id)).toEqual([]);
});

test('a changed question whose way to the server is cut waits; taken back, the question is as it was', async () => {
  const { server, network, openTab, finishAnswer } = setUp();
  const { id } = server.addChat();
  const { conversations, outbox } = openTab();
  const conversation = conversations.open(id);
  await conversation.load();
  network.isAway = false;
  await conversation.send({ text: 'one' });
  await settle();
  await finishAnswer(id);
  const editedId = conversation.store.getState().messages[0]?.id ?? '';
  server.failNext('send', new NetworkError('cut'));
  network.isAway = true;
  expect(await conversation.send({ text: 'changed', parentId: null }, { editedId })).toBe(true);
  const [waiting] = outbox.of(id);
  expect(conversation.takeBack(waiting?.key ?? '')).toMatchObject({ editedId, body: { text: 'changed' } });
  expect(outbox.of(id)).toEqual([]);
  expect(conversation.store.getState().messages[0]?.text).toBe('one');
});

test('a refused message can be tried again', async () => {
  const { server, network, openTab, texts } = setUp();
  const { id } = server.addChat();
  const { conversations, sender, outbox } = openTab();
  await conversations.open(id).load();
  await conversations.open(id).send({ text: 'again' });
  network.isAway = false;
  server.failNext('send', new ApiError({ status: 403, code: 'forbidden' }));
  sender.flush();
  await settle();
  sender.retry(outbox.of(id)[0]!.key);
  await settle();
  expect(texts(id)).toEqual(['again']);
});

test('a server that is busy is asked again by the clock; an answer of another device is waited for', async () => {
  const { server, network, openTab, texts, finishAnswer } = setUp();
  const { id } = server.addChat();
  const { conversations, sender, timers, outbox } = openTab();
  const conversation = conversations.open(id);
  await conversation.load();
  await conversation.send({ text: 'late' });
  network.isAway = false;
  server.failNext('send', new ApiError({ status: 429, code: 'too_many_requests', retryAfterMs: 30_000 }));
  sender.flush();
  await settle();
  expect(outbox.of(id)[0]).toMatchObject({ body: { text: 'late' } });
  expect(outbox.of(id)[0]?.isSending).toBeUndefined();
  const { run } = await server.client.messages.send(id, { text: 'elsewhere' }, { idempotencyKey: 'other' });
  timers.shift()?.();
  await settle();
  expect(conversation.store.getState().live.size).toBe(1);
  expect(texts(id)).toEqual(['elsewhere']);
  expect(run.chatId).toBe(id);
  await finishAnswer(id);
  expect(texts(id)).toEqual(['elsewhere', 'late']);
});

test('what is being sent cannot be taken back; a mark of a tab that is gone does not stay', async () => {
  const { server, network, openTab, texts } = setUp();
  const { id } = server.addChat();
  const gone = openTab();
  await gone.conversations.open(id).load();
  await gone.conversations.open(id).send({ text: 'held' });
  const { key } = gone.outbox.of(id)[0]!;
  gone.outbox.change(key, { isSending: true });
  const { conversations, outbox, sender } = openTab();
  expect(conversations.open(id).takeBack(key)).toBeUndefined();
  expect(outbox.of(id)).toHaveLength(1);
  network.isAway = false;
  sender.flush();
  await settle();
  expect(texts(id)).toEqual(['held']);
});

test('a browser that stores nothing keeps messages as long as the tab lives, and says so', async () => {
  const full = memoryStorage();
  const refuse = () => {
    throw new Error('QuotaExceededError');
  };
  const { server, network, openTab, texts } = setUp(Object.assign(full, { setItem: refuse }));
  const { id } = server.addChat();
  const { conversations, outbox, sender } = openTab();
  await conversations.open(id).load();
  await conversations.open(id).send({ text: 'kept in memory' });
  expect(outbox.of(id)).toMatchObject([{ isUnkept: true }]);
  network.isAway = false;
  sender.flush();
  await settle();
  expect(texts(id)).toEqual(['kept in memory']);
  expect(outbox.of(id)).toEqual([]);
});

test('nonsense in the storage is not sent', () => {
  const { openTab } = setUp(memoryStorage({ 'mmc.outbox.a': '{"key":1}', 'mmc.outbox.b': 'not json', 'mmc.outbox-chats': '{}' }));
  const { outbox } = openTab();
  expect(outbox.store.getState().entries).toEqual([]);
  expect(outbox.createdId('local-a')).toBeUndefined();
});
