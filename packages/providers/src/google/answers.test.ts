import type { ChatRequest, ToolDefinition } from '@multimodel/core';
import { expect, test } from 'vitest';
import { openTestAccount, user } from './test-account.ts';

const weather: ToolDefinition = {
  name: 'get_weather',
  description: 'Погода в городе',
  parameters: { type: 'object', properties: { city: { type: 'string' } } },
};

const sse = (...chunks: readonly object[]): string => chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\r\n\r\n`).join('');
const said = (text: string, finishReason?: string): object => ({ candidates: [{ content: { parts: [{ text }] }, finishReason }] });

test('text, its counts and the name of the model', async () => {
  await using account = await openTestAccount();
  account.simulator.play({ kind: 'answer', pieces: ['Здрав', 'ствуйте'], usage: { inputTokens: 21, outputTokens: 7 } });
  expect(await account.ask('Привет')).toMatchObject({
    text: 'Здравствуйте',
    reason: 'stop',
    usage: { inputTokens: 21, outputTokens: 7 },
    modelVersion: 'gemini-2.5-flash',
  });
});

test('counts are told on the way, for an answer that is stopped, yet not with every piece', async () => {
  await using account = await openTestAccount();
  const events = await account.events('[[long 200]]');
  const told = events.filter(({ type }) => type === 'usage').length;
  expect(told).toBeGreaterThan(3);
  expect(told).toBeLessThan(40);
});

test('thoughts are reasoning, and their tokens count as answer', async () => {
  await using account = await openTestAccount();
  account.simulator.play({
    kind: 'reasoning',
    thoughts: ['Мысль раз. ', 'Мысль два.'],
    pieces: ['Ответ'],
    tokens: { inputTokens: 5, outputTokens: 30, reasoningTokens: 20 },
  });
  expect(await account.ask('?')).toMatchObject({
    text: 'Ответ',
    reasoning: 'Мысль раз. Мысль два.',
    usage: { outputTokens: 30, reasoningTokens: 20 },
  });
});

test.each([
  ['STOP', 'stop'],
  ['MAX_TOKENS', 'length'],
  ['SAFETY', 'content_filter'],
  ['RECITATION', 'content_filter'],
  ['PROHIBITED_CONTENT', 'content_filter'],
  ['MALFORMED_FUNCTION_CALL', 'other'],
  ['SOMETHING_NEW', 'other'],
] as const)('%s ends the answer with %s', async (reason, expected) => {
  await using account = await openTestAccount();
  account.simulator.play({ kind: 'raw', body: sse(said('Да'), said('', reason)) });
  expect(await account.ask('?')).toMatchObject({ text: 'Да', reason: expected });
});

test('counts that come after the reason are those of the answer', async () => {
  await using account = await openTestAccount();
  const usage = { promptTokenCount: 8, candidatesTokenCount: 3, cachedContentTokenCount: 4 };
  account.simulator.play({ kind: 'raw', body: sse(said('Да', 'STOP'), { usageMetadata: usage }) });
  expect((await account.ask('?')).usage).toMatchObject({ inputTokens: 8, outputTokens: 3, cachedInputTokens: 4 });
});

test('an answer whose connection ends before the reason is cut', async () => {
  await using account = await openTestAccount();
  account.simulator.play({ kind: 'raw', body: sse(said('Да')) });
  await expect(account.ask('?')).rejects.toMatchObject({ code: 'protocol' });
});

test('a picture that the model drew is a file', async () => {
  await using account = await openTestAccount();
  const { text, files } = await account.ask('[[say Вот]]', 'gemini-2.5-flash-image');
  expect(text).toBe('Вот');
  expect(files).toMatchObject([{ mediaType: 'image/png' }]);
  expect(Buffer.from(files[0]?.data ?? []).toString('latin1')).toContain('PNG');
});

test.each(['gemini-2.5-flash', 'gemini-3.8-flash'])('%s calls a tool, and its result is answered', async (model) => {
  await using account = await openTestAccount();
  const request: ChatRequest = { messages: [user('Позови get_weather')], tools: [weather] };
  const { toolCalls, reason } = await account.ask(request, model);
  expect(reason).toBe('tool_calls');
  expect(toolCalls).toEqual([{ callId: expect.stringMatching(/./u), name: 'get_weather', arguments: { city: 'Казань' } }]);
  const callId = toolCalls[0]?.callId ?? '';
  const messages: ChatRequest['messages'] = [
    ...request.messages,
    { role: 'assistant', parts: [{ type: 'tool-call', callId, name: 'get_weather', arguments: { city: 'Казань' } }] },
    { role: 'tool', parts: [{ type: 'tool-result', callId, name: 'get_weather', content: '-5 °C' }] },
  ];
  expect((await account.ask({ ...request, messages }, model)).text).toContain('-5 °C');
});

test('several calls in one piece have ids of their own, also where the vendor gives none', async () => {
  await using account = await openTestAccount();
  const calls = [
    { name: 'get_weather', arguments: { city: 'Уфа' } },
    { name: 'get_weather', arguments: { city: 'Омск' } },
  ];
  account.simulator.play({ kind: 'tool-calls', calls });
  const { toolCalls } = await account.ask({ messages: [user('?')], tools: [weather] });
  expect(toolCalls.map(({ arguments: args }) => args['city'])).toEqual(['Уфа', 'Омск']);
  expect(new Set(toolCalls.map(({ callId }) => callId)).size).toBe(2);
});

test('a model asked for JSON of a schema gives it', async () => {
  await using account = await openTestAccount();
  const schema = { type: 'object', properties: { city: { type: 'string' } } };
  const { text } = await account.ask({ messages: [user('?')], responseFormat: { type: 'json-schema', schema } });
  expect(JSON.parse(text)).toEqual({ city: 'Казань' });
});

test('the list has what one can chat with, and its limits of tokens', async () => {
  await using account = await openTestAccount();
  const models = await account.provider.listModels({ signal: new AbortController().signal });
  expect(models.map(({ id }) => id)).toEqual([
    'gemini-3.8-flash',
    'gemini-3.5-flash-lite',
    'gemini-2.5-pro',
    'gemini-2.5-flash',
    'gemini-2.5-flash-image',
    'gemma-3-27b-it',
  ]);
  expect(models[2]).toMatchObject({
    name: 'Gemini 2.5 Pro',
    contextWindow: 1_048_576,
    source: 'live',
    capabilities: { tools: true, vision: true, jsonSchema: true, reasoning: true },
    parameters: { maxOutputTokens: { max: 65_536 }, temperature: { max: 2, default: 1 }, seed: true, stop: true },
  });
  expect(models[2]?.files?.accepts.map(({ kind }) => kind)).toEqual(['image', 'document', 'audio']);
  expect(models[5]).toMatchObject({ capabilities: { tools: false, jsonSchema: false, reasoning: false } });
});

test('a probe is one cheap request, with the key in a header and nowhere else', async () => {
  await using account = await openTestAccount();
  expect(await account.provider.probe({ signal: new AbortController().signal })).toMatchObject({ ok: true });
  await account.ask('Привет');
  expect(account.simulator.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /v1beta/models',
    'POST /v1beta/models/gemini-2.5-flash:streamGenerateContent',
  ]);
  for (const { headers } of account.simulator.requests) expect(headers['x-goog-api-key']).toMatch(/^AIza/u);
});
