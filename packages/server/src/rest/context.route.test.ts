import { contextForecastSchema } from '@multimodel/contract';
import { fitContext } from '@multimodel/contract/context-fit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestApplication, type TestApplication } from '../testing/test-application.ts';

let server: TestApplication;
beforeAll(async () => {
  server = await openTestApplication();
  server.vendor.contextWindow = 400;
});
afterAll(() => server[Symbol.asyncDispose]());

const call = (...request: Parameters<TestApplication['call']>) => server.call(...request);
const newChat = async (body: object = {}): Promise<string> =>
  (await call('POST', '/api/v1/chats', { model: 'demo/windowed', ...body })).json().id;

async function ask(chatId: string, text: string): Promise<{ leftOut: number }> {
  const { run, assistantMessage } = (await call('POST', `/api/v1/chats/${chatId}/messages`, { text })).json();
  await call('GET', `/api/v1/runs/${run.id}/events`);
  const { items } = (await call('GET', `/api/v1/chats/${chatId}/messages?order=desc`)).json();
  const answer = items.find(({ id }: { id: string }) => id === assistantMessage.id);
  return { leftOut: answer.warnings?.find(({ code }: { code: string }) => code === 'messages_left_out')?.count ?? 0 };
}

const forecast = async (chatId: string, body: object = {}) =>
  contextForecastSchema.parse((await call('POST', `/api/v1/chats/${chatId}/context`, body)).json());

test('as the contract says, and sending leaves out what the contract reads from it', async () => {
  const chatId = await newChat();
  for (const length of [20, 300, 100, 350]) {
    const text = 'x'.repeat(length);
    const fit = fitContext(await forecast(chatId), text);
    expect(fit).toMatchObject({ contextWindow: 400, reservedForAnswer: 100 });
    expect((await forecast(chatId, { text })).inputTokens).toBe(fit?.inputTokens);
    expect((await ask(chatId, text)).leftOut).toBe(fit?.leftOut);
  }
  expect(fitContext(await forecast(chatId), 'x'.repeat(500))?.leftOut).toBe(8);
});

test('a chat that does not exist yet, and no body at all', async () => {
  const answer = await call('POST', '/api/v1/context', { model: 'demo/windowed', settings: { systemPrompt: 'x'.repeat(25) } });
  expect(contextForecastSchema.parse(answer.json())).toMatchObject({ inputTokens: 18 + 8, messages: 0, contextWindow: 400 });
  expect((await call('POST', '/api/v1/context')).statusCode).toBe(200);
  expect((await call('POST', `/api/v1/chats/${await newChat()}/context`)).statusCode).toBe(200);
});

test('a model without a known window has no fit', async () => {
  const answer = contextForecastSchema.parse((await call('POST', '/api/v1/context', { model: 'demo/one' })).json());
  expect(answer).not.toHaveProperty('contextWindow');
  expect(fitContext(answer, 'x')).toBeUndefined();
});

test('faults are named', async () => {
  const chatId = await newChat();
  const codeOf = async (url: string, body: object) => {
    const answer = await call('POST', url, body);
    return [answer.statusCode, answer.json().code, answer.json().fields?.[0]?.path];
  };
  expect(await codeOf('/api/v1/chats/none/context', {})).toEqual([404, 'not_found', undefined]);
  expect(await codeOf(`/api/v1/chats/${chatId}/context`, { parentId: 'none' })).toEqual([404, 'not_found', undefined]);
  expect(await codeOf('/api/v1/context', { parentId: 'x' })).toEqual([400, 'validation_failed', 'parentId']);
  expect(await codeOf('/api/v1/context', { model: 'nobody/one' })).toEqual([409, 'provider_not_configured', undefined]);
});

test('costs a fixed number of queries, however long the chat', async () => {
  const chatId = await newChat();
  const cost = async () => {
    server.queries.length = 0;
    await forecast(chatId);
    return server.queries.length;
  };
  const before = await cost();
  for (let index = 0; index < 5; index += 1) await ask(chatId, 'more');
  expect(await cost()).toBeLessThanOrEqual(before + 1);
});

test('stop texts and a seed are kept with the chat and reach the model', async () => {
  const settings = { stop: ['END', '\n\n'], seed: 42 };
  const chatId = await newChat({ settings });
  expect((await call('GET', `/api/v1/chats/${chatId}`)).json().settings).toEqual(settings);
  await ask(chatId, 'Hi');
  expect(server.vendor.requests.at(-1)).toMatchObject(settings);
  for (const bad of [{ stop: [] }, { stop: [''] }, { stop: ['a', 'b', 'c', 'd', 'e'] }, { seed: -1 }, { seed: 1.5 }]) {
    expect((await call('PATCH', `/api/v1/chats/${chatId}`, { settings: bad })).statusCode).toBe(400);
  }
});

test('messages can be hidden and shown again, and hidden ones cleared', async () => {
  const chatId = await newChat();
  await ask(chatId, 'Hi');
  const { leafId } = (await call('GET', `/api/v1/chats/${chatId}`)).json();
  const shown = async () => (await call('GET', `/api/v1/chats/${chatId}/messages?branch=current`)).json().items.length;
  expect((await call('PATCH', `/api/v1/chats/${chatId}`, { leafId: null })).json()).not.toHaveProperty('leafId');
  expect(await shown()).toBe(0);
  await call('PATCH', `/api/v1/chats/${chatId}`, { leafId });
  await call('DELETE', `/api/v1/chats/${chatId}/messages?onlyHidden=true`);
  expect(await shown()).toBe(2);
  await call('PATCH', `/api/v1/chats/${chatId}`, { leafId: null });
  expect((await call('DELETE', `/api/v1/chats/${chatId}/messages?onlyHidden=true`)).statusCode).toBe(204);
  expect((await call('GET', `/api/v1/chats/${chatId}/messages`)).json().items).toEqual([]);
});
