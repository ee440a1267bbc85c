import { answeringSchema, chatSchema, messagePageSchema, runEventSchema, sentMessageSchema } from '@multimodel/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../testing/test-application.ts';

let server: TestApplication;
beforeAll(async () => {
  server = await openTestApplication();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(() => {
  server.vendor.hold = undefined;
});

const call: TestApplication['call'] = (...request) => server.call(...request);

async function watch(runId: string): Promise<ReturnType<typeof runEventSchema.parse>[]> {
  const { body } = await call('GET', `/api/v1/runs/${runId}/events`);
  const lines = body.split('\n').filter((line) => line.startsWith('data: '));
  return lines.map((line) => runEventSchema.parse(JSON.parse(line.slice(6))));
}

async function ask(text = 'Hi', chatId?: string, more: object = {}) {
  const id = chatId ?? chatSchema.parse((await call('POST', '/api/v1/chats', {})).json()).id;
  const sent = sentMessageSchema.parse((await call('POST', `/api/v1/chats/${id}/messages`, { text, ...more })).json());
  return { ...sent, chat: `/api/v1/chats/${id}`, chatId: id, path: `/api/v1/chats/${id}/messages/${sent.assistantMessage.id}` };
}

async function answered() {
  const sent = await ask();
  await watch(sent.run.id);
  return sent;
}

/** An answer of which only the beginning was said. */
async function stopped() {
  const held = Promise.withResolvers<void>();
  server.vendor.hold = held.promise;
  const sent = await ask();
  const watching = watch(sent.run.id);
  await expect.poll(async () => (await call('GET', `/api/v1/runs/${sent.run.id}`)).json().state).toBe('running');
  await call('POST', `/api/v1/runs/${sent.run.id}/stop`);
  await watching;
  held.resolve();
  server.vendor.hold = undefined;
  return sent;
}

const branch = async (chat: string, query = 'branch=current') =>
  messagePageSchema.parse((await call('GET', `${chat}/messages?${query}`)).json());

describe('regenerate', () => {
  test('makes a branch beside the old answer, once per key', async () => {
    const { chat, path, assistantMessage, userMessage } = await answered();
    const headers = { 'idempotency-key': 'again-1' };
    const answers = await Promise.all([1, 2].map(() => call('POST', `${path}/regenerate`, { model: 'demo/one' }, headers)));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([202, 202]);
    const [first, second] = answers.map((answer) => answeringSchema.strict().parse(answer.json()));
    expect(first?.run.id).toBe(second?.run.id);
    expect(answers[0]?.headers['location']).toBe(`/api/v1/runs/${first?.run.id}`);
    expect(first?.assistantMessage).toMatchObject({ parentId: userMessage.id, state: 'streaming', text: '' });
    await watch(first?.run.id ?? '');
    const { items } = await branch(chat);
    expect(items).toMatchObject([
      { id: first?.assistantMessage.id, siblings: { index: 1, count: 2, previousId: assistantMessage.id } },
      { id: userMessage.id, siblings: { index: 0, count: 1 } },
    ]);
  });

  test('needs no body', async () => {
    const { path } = await answered();
    const again = await call('POST', `${path}/regenerate`);
    expect(again.statusCode).toBe(202);
    await watch(again.json().run.id);
  });
});

describe('continue', () => {
  test('goes on with the same message; its stream begins with the text so far', async () => {
    const { chat, path, assistantMessage } = await stopped();
    const before = (await branch(chat)).items[0];
    const answer = await call('POST', `${path}/continue`, {});
    expect(answer.statusCode).toBe(202);
    const { run, assistantMessage: going } = answeringSchema.parse(answer.json());
    expect(going).toMatchObject({ id: assistantMessage.id, state: 'streaming', text: before?.text, runId: run.id });
    const events = await watch(run.id);
    const beginning = events.find((event) => event.type === 'snapshot' || event.type === 'text-replace');
    expect(beginning?.text.startsWith(before?.text ?? '?')).toBe(true);
    const after = (await branch(chat)).items[0];
    expect(after).toMatchObject({ id: assistantMessage.id, text: `${before?.text}Hello, world`, state: 'completed' });
    expect(events.at(-1)).toMatchObject({ type: 'finish', state: 'completed', usage: after?.usage });
  });

  test('a complete answer has nothing to go on with', async () => {
    const { path } = await answered();
    expect((await call('POST', `${path}/continue`, {})).json()).toMatchObject({ status: 409, code: 'conflict' });
  });
});

describe('bad input', () => {
  test.each([
    ['an unknown field', 'regenerate', { text: 'x' }, 400],
    ['a model name without a provider', 'regenerate', { model: 'one' }, 400],
    ['settings for a continuation', 'continue', { settings: {} }, 400],
    ['a provider that is not there', 'continue', { model: 'nobody/one' }, 409],
  ])('%s', async (_name, act, body, status) => {
    const { path } = await answered();
    expect((await call('POST', `${path}/${act}`, body)).statusCode).toBe(status);
  });

  test('a message or a chat that is not there', async () => {
    const { chat, userMessage } = await answered();
    for (const path of [`${chat}/messages/nope`, `${chat}/messages/%00`, `/api/v1/chats/nope/messages/${userMessage.id}`])
      for (const act of ['regenerate', 'continue']) expect((await call('POST', `${path}/${act}`, {})).statusCode).toBe(404);
    expect((await call('POST', `${chat}/messages/${userMessage.id}/regenerate`, {})).json()).toMatchObject({ status: 409 });
  });
});

describe('branches', () => {
  test('are listed newest first by pages and switched by any message of them', async () => {
    const { chat, chatId, userMessage, assistantMessage } = await answered();
    const edited = await ask('Hi!', chatId, { parentId: null });
    await watch(edited.run.id);
    const first = await branch(chat, 'branch=current&limit=1');
    expect(first.items.map(({ id }) => id)).toEqual([edited.assistantMessage.id]);
    const second = await branch(chat, `branch=current&limit=1&cursor=${first.nextCursor}`);
    expect(second).toMatchObject({ items: [{ id: edited.userMessage.id, siblings: { index: 1, count: 2, previousId: userMessage.id } }] });
    expect(second.nextCursor).toBeUndefined();
    expect((await call('PATCH', chat, { leafId: userMessage.id })).json()).toMatchObject({ leafId: assistantMessage.id });
    expect((await branch(chat, 'branch=current&order=desc')).items.map(({ id }) => id)).toEqual([assistantMessage.id, userMessage.id]);
    expect((await branch(chat, `branch=${edited.userMessage.id}`)).items.map(({ id }) => id)).toEqual([edited.userMessage.id]);
  });

  test.each([
    ['branch=current&order=asc', 400],
    ['branch=nope', 404],
    ['branch=current&cursor=nope', 400],
    [`branch=${'x'.repeat(65)}`, 400],
  ])('%s is refused', async (query, status) => {
    const { chat } = await answered();
    expect((await call('GET', `${chat}/messages?${query}`)).statusCode).toBe(status);
  });

  test('cost a fixed number of queries, however long the branch', async () => {
    const { chat, chatId } = await answered();
    const count = async () => {
      server.queries.length = 0;
      await branch(chat);
      return server.queries.length;
    };
    const before = await count();
    for (const text of ['a', 'b', 'c']) await watch((await ask(text, chatId)).run.id);
    expect([before, await count()]).toEqual([4, 4]);
  });
});
