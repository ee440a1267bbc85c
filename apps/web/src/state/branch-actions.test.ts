import { ApiError, NetworkError } from '@multimodel/client';
import { expect, test } from 'vitest';
import { fakeMessageFiles } from '../testing/fake-message-files.ts';
import { FakeServer, memoryStorage } from '../testing/fake-server.ts';
import { Conversation } from './conversation.ts';
import { messagePageSize } from './conversation-state.ts';
import { Drafts } from './drafts.ts';
import { Outbox } from './outbox.ts';
import { createStorageArea } from './storage-area.ts';

const settle = () => new Promise((resolve) => setImmediate(resolve));

/** A chat with one question and its answer, open on the page. */
async function setUp(answer: { state?: 'completed' | 'stopped'; text?: string } = {}) {
  const server = new FakeServer();
  const failures: string[] = [];
  let keys = 0;
  const ignore = () => undefined;
  const listener = {
    chatCreated: ignore,
    chatChanged: ignore,
    answerEnded: ignore,
    queued: ignore,
    failed: (action: string) => void failures.push(action),
  };
  const drafts = new Drafts({ area: createStorageArea(() => memoryStorage()), newKey: () => `key${++keys}` });
  const live = { client: server.client, requestFlush: (flush: () => void) => flush() };
  const { id } = server.addChat();
  const question = server.addMessage(id, { text: 'question' });
  const first = server.addMessage(id, { role: 'assistant', text: 'answer', ...answer });
  const outbox = new Outbox({ area: createStorageArea(() => memoryStorage()), now: () => 100 });
  const isAway = () => false;
  const files = fakeMessageFiles({ server, drafts, outbox });
  const conversation = new Conversation({ client: server.client, drafts, outbox, files, isAway, live, now: () => 100, listener }, id);
  await conversation.load();
  const texts = () => conversation.store.getState().messages.map(({ text }) => text);
  const finish = async (text: string) => {
    const last = server.messages.get(id)!.at(-1)!;
    Object.assign(last, { text, state: 'completed' });
    server.run(last.runId!).emit({ type: 'text-replace', from: 0, text }, { type: 'finish', state: 'completed' });
    await settle();
  };
  return { server, conversation, failures, question, first, id, texts, finish };
}

test('another answer takes the place of the old one, which stays a step away', async () => {
  const { conversation, first, texts, finish } = await setUp();
  expect(await conversation.branches.regenerate(first.id)).toBe(true);
  expect(texts()).toEqual(['question', '']);
  await finish('other answer');
  expect(texts()).toEqual(['question', 'other answer']);
  expect(conversation.store.getState().messages.at(-1)?.siblings).toMatchObject({ index: 1, count: 2, previousId: first.id });
  await conversation.branches.switchTo(first.id);
  expect(texts()).toEqual(['question', 'answer']);
  expect(conversation.store.getState().messages.at(-1)?.siblings).toMatchObject({ index: 0, count: 2 });
});

test('trying again after a failure makes one answer', async () => {
  const { server, conversation, failures, first, id } = await setUp();
  server.failNext('regenerate', new NetworkError('cut'), { isLate: true });
  expect(await conversation.branches.regenerate(first.id, 'a/b')).toBe(false);
  expect(failures).toEqual(['answer']);
  expect(await conversation.branches.regenerate(first.id, 'a/b')).toBe(true);
  expect(server.messages.get(id)).toHaveLength(3);
});

test('an answer that was stopped goes on in its place', async () => {
  const { server, conversation, first, texts, finish } = await setUp({ state: 'stopped', text: 'one, two' });
  await conversation.branches.continue(first.id);
  await settle();
  expect(texts()).toEqual(['question', 'one, two']);
  expect(conversation.store.getState().messages.at(-1)?.state).toBe('streaming');
  expect([...conversation.store.getState().live.keys()]).toEqual([first.id]);
  await finish('one, two, three');
  expect(texts()).toEqual(['question', 'one, two, three']);
  expect(server.calls).toContain('continue');
});

test('an edited question is a branch; the old one is a step away', async () => {
  const { conversation, question, texts, finish } = await setUp();
  expect(conversation.branches.editLast()).toBe(true);
  expect(conversation.store.getState().editing).toEqual({ messageId: question.id, from: 'composer' });
  await conversation.send({ text: 'better question', parentId: null }, { editedId: question.id });
  expect(conversation.store.getState().editing).toBeUndefined();
  await finish('better answer');
  expect(texts()).toEqual(['better question', 'better answer']);
  expect(conversation.store.getState().messages[0]?.siblings).toMatchObject({ index: 1, count: 2, previousId: question.id });
  await conversation.branches.switchTo(question.id);
  expect(texts()).toEqual(['question', 'answer']);
});

test('an edit that fails stays open; leaving it forgets the failure', async () => {
  const { server, conversation, question, texts } = await setUp();
  conversation.branches.edit(question.id, 'message');
  server.failNext('send', new ApiError({ status: 400, code: 'validation_failed' }));
  expect(await conversation.send({ text: 'better', parentId: null }, { editedId: question.id })).toBe(false);
  expect(conversation.store.getState()).toMatchObject({ editing: { messageId: question.id }, sending: { editedId: question.id } });
  expect(texts()).toEqual(['question', 'answer']);
  conversation.branches.endEdit();
  expect(conversation.store.getState()).toMatchObject({ editing: undefined, sending: undefined });
});

test('an answer of a branch that is not shown goes on and comes to its end there', async () => {
  const { server, conversation, first, id, texts } = await setUp();
  await conversation.branches.regenerate(first.id);
  await conversation.branches.switchTo(first.id);
  const hidden = server.messages.get(id)!.at(-1)!;
  expect(conversation.store.getState().live.has(hidden.id)).toBe(true);
  Object.assign(hidden, { text: 'hidden', state: 'completed' });
  server.run(hidden.runId!).emit({ type: 'finish', state: 'completed' });
  await settle();
  expect(texts()).toEqual(['question', 'answer']);
  expect(conversation.store.getState().live.size).toBe(0);
});

test('while an answer is being written nothing else begins on its branch', async () => {
  const { conversation, first, question } = await setUp();
  await conversation.branches.regenerate(first.id);
  const answer = conversation.store.getState().messages.at(-1)!;
  expect(await conversation.branches.regenerate(answer.id)).toBe(false);
  expect(await conversation.branches.continue(answer.id)).toBe(false);
  conversation.branches.edit(question.id, 'message');
  expect(conversation.store.getState().editing).toBeUndefined();
});

test('a switch that fails changes nothing and is told', async () => {
  const { server, conversation, failures, first, texts, finish } = await setUp();
  await conversation.branches.regenerate(first.id);
  await finish('other');
  server.failNext('update', new NetworkError('cut'));
  await conversation.branches.switchTo(first.id);
  expect(failures).toEqual(['save']);
  expect(texts()).toEqual(['question', 'other']);
  expect(conversation.store.getState().actingOn).toBeUndefined();
});

test('a switch far up loads the branch down from there', async () => {
  const { server, conversation, question, id, texts } = await setUp();
  server.addMessages(id, messagePageSize * 2);
  await conversation.refresh();
  await conversation.send({ text: 'beginning', parentId: null });
  expect(texts()).toEqual(['beginning', '']);
  await conversation.branches.switchTo(question.id);
  expect(texts()).toHaveLength(messagePageSize * 2 + 2);
  expect(texts()[0]).toBe('question');
});
