import { ApiError, NetworkError } from '@multimodel/client';
import { expect, test } from 'vitest';
import { fakeMessageFiles } from '../testing/fake-message-files.ts';
import { FakeServer, memoryStorage } from '../testing/fake-server.ts';
import { Conversation, type ConversationListener } from './conversation.ts';
import { messagePageSize } from './conversation-state.ts';
import { Drafts } from './drafts.ts';
import { Outbox } from './outbox.ts';
import { createStorageArea } from './storage-area.ts';

function setUp(server = new FakeServer()) {
  const storage = memoryStorage();
  const events: string[] = [];
  let keys = 0;
  const listener: ConversationListener = {
    chatCreated: (_conversation, chat) => events.push(`created ${chat.id}`),
    queued: (_conversation, chatId) => events.push(`queued ${chatId}`),
    chatChanged: () => undefined,
    answerEnded: (message) => events.push(`ended ${message.state}`),
    failed: (action) => events.push(`failed ${action}`),
  };
  const drafts = new Drafts({ area: createStorageArea(() => storage), newKey: () => `key${++keys}` });
  const live = { client: server.client, requestFlush: (flush: () => void) => flush() };
  const outbox = new Outbox({ area: createStorageArea(() => storage), now: () => 100 });
  const files = fakeMessageFiles({ server, drafts, outbox });
  const deps = { client: server.client, drafts, outbox, files, isAway: () => false, live, now: () => 100, listener };
  const open = (chatId?: string) => new Conversation(deps, chatId);
  return { server, drafts, events, open };
}

const broken = () => new ApiError({ status: 500, code: 'internal' });
/** Lets everything that waits for nothing but promises run. */
const settle = () => new Promise((resolve) => setImmediate(resolve));
const states = (conversation: Conversation) => conversation.store.getState().messages.map(({ state }) => state);

test('creates the chat with the first message, shows the answer as it comes and keeps it', async () => {
  const { server, drafts, events, open } = setUp();
  const conversation = open();
  await conversation.setSettings({ temperature: 0.2 });
  expect(server.chats.size).toBe(0);
  drafts.saveText(undefined, 'hello');
  expect(await conversation.send({ text: 'hello', model: 'a/b' })).toBe(true);
  const { chatId, live, sending } = conversation.store.getState();
  expect([...server.chats.values()]).toMatchObject([{ id: chatId, model: 'a/b', settings: { temperature: 0.2 } }]);
  expect(sending).toBeUndefined();
  expect(drafts.text(undefined)).toBe('');
  const [answer] = live.values();
  const run = server.run(answer!.runId);
  run.emit({ type: 'start', runId: answer!.runId, chatId: 'c', messageId: 'm' }, { type: 'text-delta', text: 'Hi' });
  await settle();
  expect(answer!.store.getState().view.text).toBe('Hi');
  Object.assign(server.messages.get(chatId!)![1]!, { text: 'Hi!', state: 'completed' });
  run.emit({ type: 'text-delta', text: '!' }, { type: 'finish', state: 'completed' });
  await settle();
  expect(conversation.store.getState().messages.at(-1)).toMatchObject({ text: 'Hi!', state: 'completed' });
  expect(conversation.store.getState().live.size).toBe(0);
  expect(events).toEqual([`created ${chatId}`, 'ended completed']);
});

test('a new chat in which nothing was chosen leaves its settings to the server', async () => {
  const { server, open } = setUp();
  const bodies: unknown[] = [];
  const { create } = server.client.chats;
  Object.assign(server.client.chats, {
    create: (...[body, options]: Parameters<typeof create>) => {
      bodies.push(body);
      return create(body, options);
    },
  });
  await open().send({ text: 'hello' });
  expect(bodies).toEqual([{}]);
});

test('a failed send keeps the text, and trying again makes one message with the same key', async () => {
  const { server, drafts, open } = setUp();
  const conversation = open(server.addChat().id);
  await conversation.load();
  drafts.saveText(conversation.draftId, 'hello');
  server.failNext('send', broken(), { isLate: true });
  expect(await conversation.send({ text: 'hello' })).toBe(false);
  expect(conversation.store.getState()).toMatchObject({ messages: [], sending: { error: expect.any(ApiError) } });
  expect(drafts.text(conversation.draftId)).toBe('hello');
  expect(await conversation.send({ text: 'hello' })).toBe(true);
  expect(server.calls.filter((call) => call.startsWith('send'))).toEqual(['send key1', 'send key1']);
  expect(conversation.store.getState().messages).toHaveLength(2);
});

test('another text after a failure is another message', async () => {
  const { server, open } = setUp();
  const conversation = open(server.addChat().id);
  await conversation.load();
  server.failNext('send', broken());
  await conversation.send({ text: 'one' });
  await conversation.send({ text: 'two' });
  expect(server.calls.filter((call) => call.startsWith('send'))).toEqual(['send key1', 'send key2']);
});

test('a new chat whose message failed is not created twice', async () => {
  const { server, open } = setUp();
  const conversation = open();
  server.failNext('send', broken());
  await conversation.send({ text: 'hello' });
  await conversation.send({ text: 'hello' });
  expect(server.chats.size).toBe(1);
  expect(server.calls.filter((call) => call.startsWith('send'))).toEqual(['send key1', 'send key1']);
});

test('does not send while an answer is being written', async () => {
  const { server, open } = setUp();
  const conversation = open(server.addChat().id);
  await conversation.load();
  await conversation.send({ text: 'one' });
  expect(await conversation.send({ text: 'two' })).toBe(false);
});

test('opening a chat in mid-answer goes on with it', async () => {
  const { server, open } = setUp();
  const { id } = server.addChat();
  const message = server.addMessage(id, { role: 'assistant', state: 'streaming', runId: 'r' });
  server.run('r').emit({ type: 'start', runId: 'r', chatId: id, messageId: message.id }, { type: 'text-delta', text: 'so far' });
  const conversation = open(id);
  await conversation.load();
  await settle();
  expect(conversation.store.getState().live.get(message.id)?.store.getState().view.text).toBe('so far');
});

test('a run whose end nobody tells is read from the server, and never spins', async () => {
  const { server, open } = setUp();
  const { id } = server.addChat();
  server.addMessage(id, { role: 'assistant', state: 'streaming', runId: 'r', text: 'kept' });
  server.run('r').end();
  const conversation = open(id);
  await conversation.load();
  await settle();
  expect(conversation.store.getState().messages).toMatchObject([{ state: 'interrupted', text: 'kept' }]);
  await conversation.refresh();
  expect(states(conversation)).toEqual(['interrupted']);
  expect(conversation.store.getState().live.size).toBe(0);
});

test('stop asks the server and shows its answer', async () => {
  const { server, open } = setUp();
  const conversation = open(server.addChat().id);
  await conversation.load();
  await conversation.send({ text: 'hello' });
  Object.assign(server.messages.get(conversation.store.getState().chatId!)![1]!, { state: 'stopped' });
  await conversation.stop();
  await settle();
  expect(states(conversation)).toEqual(['completed', 'stopped']);
});

test('an unknown chat is missing, an unreachable one has failed and can be tried again', async () => {
  const { server, open } = setUp();
  const missing = open('nope');
  await missing.load();
  expect(missing.store.getState().status).toBe('missing');
  const conversation = open(server.addChat().id);
  server.failNext('get', new NetworkError('cut'));
  await conversation.load();
  expect(conversation.store.getState().status).toBe('failed');
  await conversation.load();
  expect(conversation.store.getState().status).toBe('ready');
});

test('a chat that was deleted elsewhere is missing; one that could not be read is read once the server is back', async () => {
  const { server, open } = setUp();
  const conversation = open(server.addChat().id);
  await conversation.load();
  server.failNext('get', new NetworkError('cut'));
  await conversation.refresh();
  expect(conversation.store.getState().status).toBe('ready');
  server.failNext('get', new ApiError({ status: 404, code: 'not_found' }));
  await conversation.refresh();
  expect(conversation.store.getState().status).toBe('missing');
  const failed = open(server.addChat().id);
  server.failNext('get', new NetworkError('cut'));
  await failed.load();
  await failed.refresh();
  expect(failed.store.getState().status).toBe('ready');
});

test('pages back without repeats and in order', async () => {
  const { server, open } = setUp();
  const { id } = server.addChat();
  server.addMessages(id, messagePageSize * 2 + 5);
  const conversation = open(id);
  await conversation.load();
  expect(conversation.store.getState().messages).toHaveLength(messagePageSize);
  await conversation.loadOlder();
  await conversation.loadOlder();
  await conversation.loadOlder();
  const { messages, olderCursor } = conversation.store.getState();
  expect(messages.map(({ text }) => text)).toEqual(Array.from({ length: messagePageSize * 2 + 5 }, (_, index) => `message ${index}`));
  expect(olderCursor).toBeUndefined();
});

test('a refresh brings what another tab wrote and keeps the pages read', async () => {
  const { server, open } = setUp();
  const { id } = server.addChat();
  server.addMessages(id, messagePageSize + 10);
  const conversation = open(id);
  await conversation.load();
  await conversation.loadOlder();
  server.addMessage(id, { text: 'from the phone' });
  await conversation.refresh();
  const { messages } = conversation.store.getState();
  expect(messages).toHaveLength(messagePageSize + 11);
  expect(messages.at(-1)?.text).toBe('from the phone');
});

test('model and settings are saved; a failure is told', async () => {
  const { server, events, open } = setUp();
  const conversation = open(server.addChat().id);
  await conversation.load();
  await Promise.all([conversation.setModel('a/b'), conversation.setSettings({ temperature: 1 })]);
  expect(server.calls.slice(2).sort()).toEqual(['update {"model":"a/b"}', 'update {"settings":{"temperature":1}}']);
  expect(conversation.store.getState()).toMatchObject({ model: 'a/b', settings: { temperature: 1 } });
  server.failNext('update', new NetworkError('cut'));
  await conversation.rename('New name');
  expect(events).toEqual(['failed save']);
});

test('clearing empties the chat at once and says what would bring it back', async () => {
  const { server, open } = setUp();
  const { id } = server.addChat();
  server.addMessages(id, 3);
  const conversation = open(id);
  await conversation.load();
  const last = conversation.store.getState().messages.at(-1)?.id;
  expect(await conversation.clear()).toBe(last);
  expect(conversation.store.getState()).toMatchObject({ messages: [], isClearing: false });
  expect(server.messages.get(id)).toHaveLength(3);
  await server.client.chats.update(id, { leafId: last });
  await conversation.refresh();
  expect(conversation.store.getState().messages).toHaveLength(3);
  expect(await open().clear()).toBeUndefined();
});

test('a chat that cannot be cleared stays as it is', async () => {
  const { server, events, open } = setUp();
  const { id } = server.addChat();
  server.addMessages(id, 2);
  const conversation = open(id);
  await conversation.load();
  server.failNext('update', new NetworkError('cut'));
  expect(await conversation.clear()).toBeUndefined();
  expect(conversation.store.getState()).toMatchObject({ isClearing: false, messages: [{}, {}] });
  expect(events).toEqual(['failed clear']);
});

test('what is sent while the chat is being cleared begins anew', async () => {
  const { server, open } = setUp();
  const { id } = server.addChat();
  server.addMessages(id, 3);
  const conversation = open(id);
  await conversation.load();
  void conversation.clear();
  await conversation.send({ text: 'fresh start' });
  expect(conversation.store.getState().messages.map(({ text }) => text)).toEqual(['fresh start', '']);
  expect(conversation.store.getState().messages[0]?.parentId).toBeUndefined();
});
