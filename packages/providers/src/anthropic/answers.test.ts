import type { ChatRequest, ToolDefinition } from '@multimodel/core';
import { expect, test } from 'vitest';
import { openTestAccount, user } from './test-account.ts';

const weather: ToolDefinition = {
  name: 'get_weather',
  description: 'Погода в городе',
  parameters: { type: 'object', properties: { city: { type: 'string' } } },
};

const sse = (...events: readonly object[]): string =>
  events.map((event) => `event: ${String(Reflect.get(event, 'type'))}\ndata: ${JSON.stringify(event)}\n\n`).join('');
const start = { type: 'message_start', message: { model: 'claude-haiku-4-5-20251001', usage: { input_tokens: 10, output_tokens: 1 } } };
const stopWith = (reason: string, outputTokens = 5): readonly object[] => [
  { type: 'message_delta', delta: { stop_reason: reason }, usage: { output_tokens: outputTokens } },
  { type: 'message_stop' },
];

test('text, its counts and the name of the model', async () => {
  await using account = await openTestAccount();
  account.simulator.play({ kind: 'answer', pieces: ['Здрав', 'ствуйте'], usage: { inputTokens: 21, outputTokens: 7 } });
  const answer = await account.ask('Привет');
  expect(answer).toMatchObject({
    text: 'Здравствуйте',
    reason: 'stop',
    usage: { inputTokens: 21, outputTokens: 7 },
    modelVersion: 'claude-haiku-4-5-20251001',
  });
});

test('the tokens of the question are told at once, for an answer that is stopped', async () => {
  await using account = await openTestAccount();
  account.simulator.play({ kind: 'answer', pieces: ['а', 'б'], usage: { inputTokens: 21, outputTokens: 7 } });
  const [first] = await account.events('Привет');
  expect(first).toMatchObject({ type: 'usage', usage: { inputTokens: 21 } });
});

test('what came from the cache and went into it counts as question', async () => {
  await using account = await openTestAccount();
  const usage = { input_tokens: 3, cache_creation_input_tokens: 100, cache_read_input_tokens: 40, output_tokens: 1 };
  account.simulator.play({ kind: 'raw', body: sse({ type: 'message_start', message: { usage } }, ...stopWith('end_turn', 9)) });
  expect((await account.ask('?')).usage).toMatchObject({ inputTokens: 143, cachedInputTokens: 40, outputTokens: 9 });
});

test('thoughts are reasoning, and their tokens are told', async () => {
  await using account = await openTestAccount();
  account.simulator.play({
    kind: 'reasoning',
    thoughts: ['Мысль раз. ', 'Мысль два.'],
    pieces: ['Ответ'],
    tokens: { inputTokens: 5, outputTokens: 30, reasoningTokens: 20 },
  });
  expect(await account.ask({ messages: [user('?')], reasoningEffort: 'low' })).toMatchObject({
    text: 'Ответ',
    reasoning: 'Мысль раз. Мысль два.',
    usage: { outputTokens: 30, reasoningTokens: 20 },
  });
});

test('events and blocks that nobody has heard of are passed over', async () => {
  await using account = await openTestAccount();
  const body = sse(
    start,
    { type: 'ping' },
    { type: 'content_block_start', index: 0, content_block: { type: 'redacted_thinking', data: 'abc' } },
    { type: 'content_block_stop', index: 0 },
    { type: 'content_block_start', index: 1, content_block: { type: 'text', text: '' } },
    { type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: 'Да' } },
    { type: 'content_block_delta', index: 1, delta: { type: 'citations_delta', citation: {} } },
    { type: 'something_new', index: 1 },
    { type: 'content_block_stop', index: 1 },
    ...stopWith('end_turn'),
  );
  account.simulator.play({ kind: 'raw', body });
  expect(await account.ask('?')).toMatchObject({ text: 'Да', reason: 'stop' });
});

test.each([
  ['end_turn', 'stop'],
  ['stop_sequence', 'stop'],
  ['max_tokens', 'length'],
  ['model_context_window_exceeded', 'length'],
  ['tool_use', 'tool_calls'],
  ['refusal', 'content_filter'],
  ['pause_turn', 'other'],
] as const)('%s ends the answer with %s', async (reason, expected) => {
  await using account = await openTestAccount();
  account.simulator.play({ kind: 'raw', body: sse(start, ...stopWith(reason)) });
  expect((await account.ask('?')).reason).toBe(expected);
});

test('an answer without its last event is cut, even if the reason was told', async () => {
  await using account = await openTestAccount();
  account.simulator.play({ kind: 'raw', body: sse(start, ...stopWith('end_turn').slice(0, 1)) });
  await expect(account.ask('?')).rejects.toMatchObject({ code: 'protocol' });
});

test('a tool is called, and its result answered', async () => {
  await using account = await openTestAccount();
  const request: ChatRequest = { messages: [user('Позови get_weather')], tools: [weather] };
  const { toolCalls, reason } = await account.ask(request);
  expect(reason).toBe('tool_calls');
  expect(toolCalls).toEqual([{ callId: expect.stringMatching(/^toolu_/u), name: 'get_weather', arguments: { city: 'Казань' } }]);
  const [call] = toolCalls;
  const callId = call?.callId ?? '';
  const second = await account.ask({
    ...request,
    messages: [
      ...request.messages,
      { role: 'assistant', parts: [{ type: 'tool-call', callId, name: 'get_weather', arguments: { city: 'Казань' } }] },
      { role: 'tool', parts: [{ type: 'tool-result', callId, name: 'get_weather', content: '-5 °C' }] },
    ],
  });
  expect(second.text).toContain('-5 °C');
});

test('two calls whose pieces come one after the other, one without arguments', async () => {
  await using account = await openTestAccount();
  account.simulator.play({
    kind: 'tool-calls',
    calls: [
      { name: 'get_weather', arguments: { city: 'Уфа' } },
      { name: 'get_time', arguments: {} },
    ],
  });
  const { toolCalls } = await account.ask({ messages: [user('?')], tools: [weather] });
  expect(toolCalls.map(({ name, arguments: args }) => [name, args])).toEqual([
    ['get_weather', { city: 'Уфа' }],
    ['get_time', {}],
  ]);
  expect(new Set(toolCalls.map(({ callId }) => callId)).size).toBe(2);
});

test.each([
  ['max_tokens', undefined],
  ['tool_use', 'protocol'],
])('a call whose arguments are no JSON, ended by %s', async (reason, code) => {
  await using account = await openTestAccount();
  const body = sse(
    start,
    { type: 'content_block_start', index: 0, content_block: { type: 'tool_use', id: 'toolu_1', name: 'get_weather', input: {} } },
    { type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json: '{"city":"Каз' } },
    { type: 'content_block_stop', index: 0 },
    ...stopWith(reason),
  );
  account.simulator.play({ kind: 'raw', body });
  const asked = account.ask('?');
  if (code === undefined)
    await expect(asked).resolves.toMatchObject({ reason: 'length', toolCalls: [], warnings: [{ code: 'content_dropped' }] });
  else await expect(asked).rejects.toMatchObject({ code });
});

test('a model asked for JSON of a schema gives it', async () => {
  await using account = await openTestAccount();
  const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
  const { text } = await account.ask({ messages: [user('?')], responseFormat: { type: 'json-schema', schema } });
  expect(JSON.parse(text)).toEqual({ city: 'Казань' });
});

test('the limits of time are those of the settings', async () => {
  await using account = await openTestAccount({ firstTokenTimeoutMs: 1000 });
  account.simulator.play({ kind: 'slow-first-token' });
  const asked = account.ask('?');
  await expect.poll(() => account.simulator.openStreams).toBe(1);
  account.clock.advance(1000);
  await expect(asked).rejects.toMatchObject({ code: 'timeout', details: { phase: 'first_token' } });
});

test('the list is read over its pages, learned from, and leaves retired models out', async () => {
  await using account = await openTestAccount();
  const models = await account.provider.listModels({ signal: new AbortController().signal });
  expect(models.map(({ id }) => id)).toEqual(['claude-opus-5-5', 'claude-sonnet-5-5', 'claude-sonnet-5', 'claude-haiku-4-5-20251001']);
  expect(models[0]).toMatchObject({
    name: 'Claude Opus 5.5',
    contextWindow: 1_000_000,
    source: 'live',
    capabilities: { tools: true, vision: true, jsonSchema: true, reasoning: true },
    parameters: { maxOutputTokens: { max: 128_000 }, reasoningEffort: ['low', 'medium', 'high'] },
    price: { currency: 'USD', inputPerMillion: 4, outputPerMillion: 20 },
  });
  expect(models[0]?.parameters.temperature).toBeUndefined();
  expect(models[3]).toMatchObject({ parameters: { temperature: { min: 0, max: 1 } }, contextWindow: 200_000 });
  expect(models[0]?.files?.accepts.map(({ kind }) => kind)).toEqual(['image', 'document']);
});

test('a probe is one cheap request', async () => {
  await using account = await openTestAccount();
  expect(await account.provider.probe({ signal: new AbortController().signal })).toMatchObject({ ok: true });
  expect(account.simulator.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /v1/models']);
});

test('an address with the version, as other clients write it, is understood', async () => {
  await using account = await openTestAccount();
  await using other = await openTestAccount({ baseUrl: `${account.simulator.url}/v1/` });
  await other.ask('Привет');
  expect(account.simulator.requests.at(-1)?.path).toBe('/v1/messages');
});
