import type { ChatRequest, ToolDefinition } from '@multimodel/core';
import { expect, test } from 'vitest';
import { chatRequests, failureOf, newSignal, openTestAccount, system, user, userAsks } from './test-account.ts';

const options = () => ({ signal: newSignal() });
const weather: ToolDefinition = {
  name: 'weather_forecast',
  description: 'Прогноз погоды',
  parameters: { type: 'object', properties: { location: { type: 'string' } }, required: ['location'] },
};

test('V2, V3: the answer of a stream, its counts and the version that gave it', async () => {
  await using account = await openTestAccount();
  account.simulator.play({ kind: 'framed-answer', pieces: ['Раз": ', '"два"'], tokens: { inputTokens: 17, outputTokens: 3 } });
  expect(await account.ask('кот')).toMatchObject({
    text: 'Раз": "два"',
    reason: 'stop',
    modelVersion: 'GigaChat-2:2.0.28.2',
    usage: { inputTokens: 17, outputTokens: 3, cachedInputTokens: 0 },
  });
});

test.each([{ lineEnd: '\r\n' as const }, { hasNoFinalNewline: true }, { chunkBytes: 1 }])(
  'a stream framed as %o is the same',
  async (framing) => {
    await using account = await openTestAccount();
    account.simulator.play({ kind: 'framed-answer', pieces: ['При', 'вет'], ...framing });
    expect(await account.ask('?')).toMatchObject({ text: 'Привет', reason: 'stop' });
  },
);

test('quirk 12: an end without a mark is an end, once a reason was given; counts may be missing', async () => {
  await using account = await openTestAccount();
  const first = '{"choices":[{"delta":{"content":"Да","role":"assistant"},"index":0}]}';
  const last = '{"choices":[{"delta":{"content":""},"index":0,"finish_reason":"stop"}]}';
  account.simulator.play({ kind: 'raw', body: `\uFEFF: comment\n\ndata: ${first}\n\ndata: ${last}\n\n` });
  expect(await account.ask('?')).toMatchObject({ text: 'Да', reason: 'stop', usage: undefined });
  account.simulator.play({ kind: 'raw', body: `data: ${first}\n\n` });
  expect((await failureOf(account.model().stream(userAsks('?'), options()))).error.code).toBe('protocol');
});

test('V4: a cut by the limit of tokens is told as such', async () => {
  await using account = await openTestAccount();
  const answer = await account.ask({ ...userAsks('[[long 50]]'), maxOutputTokens: 3 });
  expect(answer.reason).toBe('length');
  expect(account.questions()[0]).toMatchObject({ max_tokens: 3 });
});

test('V14: what the vendor refuses to talk of is shown as filtered', async () => {
  await using account = await openTestAccount();
  expect(await account.ask('Это запретная тема?')).toMatchObject({ reason: 'content_filter', text: expect.stringMatching(/./u) });
});

test.each(['reasoning_content', 'think'] as const)('quirk 33: thoughts in %s are no part of the text', async (how) => {
  await using account = await openTestAccount();
  account.simulator.play(
    how === 'think'
      ? { kind: 'answer', pieces: ['<th', 'ink>Дума', 'ю</thi', 'nk>\n\n', 'Ответ <think>'] }
      : { kind: 'reasoning', thoughts: ['Дума', 'ю'], pieces: ['Ответ <think>'] },
  );
  expect(await account.ask('?')).toMatchObject({ reasoning: 'Думаю', text: 'Ответ <think>' });
});

test.each([false, true])('V12, V13, quirk 15: a function call has its arguments as an object (as text: %s)', async (argumentsAsText) => {
  await using account = await openTestAccount({ quirks: { argumentsAsText } });
  account.simulator.play({ kind: 'tool-calls', calls: [{ name: 'weather_forecast', arguments: { location: 'Тула' } }] });
  const answer = await account.ask({ ...userAsks('Погода?'), tools: [weather] });
  expect(answer).toMatchObject({
    reason: 'tool_calls',
    text: '',
    toolCalls: [{ name: 'weather_forecast', arguments: { location: 'Тула' } }],
  });
});

test('a function call that the model wrote wrong is an error that says so', async () => {
  await using account = await openTestAccount();
  account.simulator.play({ kind: 'ending', pieces: ['Сейчас'], finishReason: 'error' });
  expect(await failureOf(account.model().stream(userAsks('?'), options()))).toMatchObject({
    text: 'Сейчас',
    error: { code: 'protocol', details: { fault: 'badCall' } },
  });
});

test('a reason that nobody knows ends the answer all the same', async () => {
  await using account = await openTestAccount();
  account.simulator.play({ kind: 'ending', pieces: ['Да'], finishReason: 'brand_new' });
  expect(await account.ask('?')).toMatchObject({ text: 'Да', reason: 'other' });
});

test.each([
  [{ status: 500, message: 'Internal Server Error' }, 'overloaded'],
  [{ status: 429, message: 'Too many requests' }, 'rate_limited'],
] as const)('V15: an error inside a stream, %o, is %s, and the text before it was delivered', async (fault, code) => {
  await using account = await openTestAccount();
  account.simulator.play({ kind: 'stream-error', pieces: ['Раз'], ...fault });
  expect(await failureOf(account.model().stream(userAsks('?'), options()))).toMatchObject({ text: 'Раз', error: { code } });
});

test('an error in the very first event of a 200 is an error of its own status', async () => {
  await using account = await openTestAccount();
  account.simulator.play({ kind: 'raw', body: 'data: {"status":429,"message":"Too many requests"}\n\n' });
  expect((await failureOf(account.model().stream(userAsks('?'), options()))).error).toMatchObject({ code: 'rate_limited' });
});

test('V8: too many questions at a time are told with the wait that the vendor asks for', async () => {
  await using account = await openTestAccount({ quirks: { retryAfterSeconds: 1 } });
  const first = account.ask('[[hold]] [[say Раз]]');
  await expect.poll(() => account.simulator.state.holding).toBe(1);
  const { error } = await failureOf(account.model().stream(userAsks('2'), options()));
  expect(error).toMatchObject({ code: 'rate_limited', retryAfterMs: 1000, isRetryable: true });
  account.simulator.advance();
  expect((await first).text).toBe('Раз');
  expect(account.provider.limits).toMatchObject({ concurrency: 1 });
  expect(account.open({ scope: 'GIGACHAT_API_CORP' }).limits).toMatchObject({ concurrency: 10 });
  expect(account.open({ concurrency: 3 }).limits).toMatchObject({ concurrency: 3 });
  const { account: counted } = account.provider.limits;
  expect(counted).toMatch(/^gigachat:[0-9a-f]{64}$/);
  expect(account.open({ scope: 'GIGACHAT_API_CORP' }).limits.account).toBe(counted);
});

test('quirk 4: every request says who asks, and has an id of its own', async () => {
  await using account = await openTestAccount();
  await account.ask('1');
  await account.provider.listModels(options());
  const { requests } = account.simulator;
  for (const { headers } of requests) expect(headers).toMatchObject({ 'user-agent': 'multimodel-chat', 'x-client-id': 'multimodel-chat' });
  expect(new Set(requests.map(({ headers }) => headers['x-request-id'])).size).toBe(requests.length);
});

test('quirk 26: a conversation keeps its session, so that the vendor finds the beginning again', async () => {
  await using account = await openTestAccount();
  const request: ChatRequest = { messages: [system('Ты переводчик'), user('кот')], conversationId: 'our-own-id' };
  await account.ask(request);
  const second = await account.ask({ ...request, messages: [...request.messages, user('и пёс')] });
  expect(second.usage?.cachedInputTokens).toBeGreaterThan(0);
  await account.ask({ ...request, conversationId: 'another' });
  await account.ask('без чата');
  const sessions = chatRequests(account.simulator).map(({ headers }) => headers['x-session-id']);
  expect(sessions[0]).toBe(sessions[1]);
  expect(sessions[2]).not.toBe(sessions[0]);
  expect(sessions[3]).toBeUndefined();
  expect(sessions.join(' ')).not.toContain('our-own-id');
});

test('V24, quirk 5: over HTTP/2 the words come one by one even where HTTP/1.1 is held, and which it was is told', async () => {
  await using account = await openTestAccount({ quirks: { holdsHttp1: true }, settings: () => ({ http: '2' }) });
  account.simulator.play({ kind: 'stall', pieces: ['Раз'] });
  const iterator = account.model().stream(userAsks('?'), options())[Symbol.asyncIterator]();
  expect(await iterator.next()).toMatchObject({ value: { type: 'text-delta', text: 'Раз' } });
  account.simulator.advance();
  await iterator.return?.();
  expect(account.logger.entries).toContainEqual(expect.objectContaining({ level: 'info', fields: { http: '2' } }));
  expect(await account.provider.probe(options())).toMatchObject({ ok: true });
});
