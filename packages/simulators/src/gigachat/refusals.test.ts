import { expect, test } from 'vitest';
import { type GigaChatScenario, startGigaChatSimulator } from '../index.ts';
import { chunksOf, rawPost, refusal, said, TestClient, tokenOf } from './test-client.ts';

test('V7: one host turns away who does not say what it is; the other does not mind', async () => {
  await using simulator = await startGigaChatSimulator();
  const headers = { authorization: `Bearer ${await tokenOf(simulator)}` };
  const question = { model: 'GigaChat-2', messages: [{ role: 'user', content: 'Привет' }] };
  const { status, parts } = await rawPost(`${simulator.baseUrl}/chat/completions`, question, headers);
  expect([status, Buffer.concat(parts).toString()]).toEqual([403, '{"message":"Unauthorized"}']);
  expect((await rawPost(`${simulator.legacyBaseUrl}/chat/completions`, question, headers)).status).toBe(200);
});

test('V8: a person has one answer at a time, a second is refused until it ends', async () => {
  await using simulator = await startGigaChatSimulator({ quirks: { retryAfterSeconds: 1 } });
  const client = await TestClient.open(simulator);
  const held = client.chat('[[say a]] [[stall 0]]', { stream: true });
  await expect.poll(() => simulator.state.holding).toBe(1);
  const second = await client.chat('?');
  expect(second.headers.get('retry-after')).toBe('1');
  expect(await refusal(second)).toEqual([429, { status: 429, message: 'Too many requests' }]);
  expect((await client.get('/models')).status).toBe(200);
  simulator.advance();
  expect(said(await chunksOf(await held))).toBe('a');
  expect((await client.chat('?')).status).toBe(200);
});

test.each(['b2b', 'corp'] as const)('V8: companies (%s) have ten', async (kind) => {
  await using simulator = await startGigaChatSimulator();
  const client = await TestClient.open(simulator, `id-${kind}`, kind === 'b2b' ? 'GIGACHAT_API_B2B' : 'GIGACHAT_API_CORP');
  const held = Array.from({ length: 10 }, () => client.chat('[[hold]]'));
  await expect.poll(() => simulator.state.holding).toBe(10);
  expect((await client.chat('?')).status).toBe(429);
  simulator.advance();
  expect((await Promise.all(held)).map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
});

test('a client that goes away gives its place back', async () => {
  await using simulator = await startGigaChatSimulator();
  const client = await TestClient.open(simulator);
  const leaving = new AbortController();
  const response = await client.chat('[[long 5]] [[stall 1]]', { stream: true }, { signal: leaving.signal });
  expect([response.status, simulator.openStreams]).toEqual([200, 1]);
  leaving.abort();
  await simulator.clientGone();
  expect(simulator.state).toMatchObject({ started: 1, cancelled: 1, openStreams: 0, holding: 0 });
  expect((await client.chat('?')).status).toBe(200);
});

test.each([
  ['V9', '{"model":', 400, 'Your request contains invalid JSON syntax.'],
  [
    'V9 content',
    { messages: [{ role: 'user', content: [{ type: 'text', text: '?' }] }] },
    400,
    'Your request contains invalid JSON syntax.',
  ],
  ['V10 two', { messages: [system(), system()] }, 422, 'Invalid params: system message must be the first message'],
  ['V10 late', { messages: [user(), system()] }, 422, 'Invalid params: system message must be the first message'],
  ['V10 penalty', { repetition_penalty: 0 }, 422, 'Invalid params: repetition_penalty must be in range (0, +inf)'],
  ['temperature', { temperature: 0 }, 422, 'Invalid params: temperature must be in range (0, +inf)'],
  ['V11', { model: 'GigaChat-9' }, 404, 'No such model'],
  ['V11 embedder', { model: 'Embeddings' }, 404, 'No such model'],
  ['V11 other host', { model: 'GigaChat-2-Max-preview' }, 404, 'No such model'],
])('%s is refused', async (_vector, more, status, message) => {
  await using simulator = await startGigaChatSimulator();
  const client = await TestClient.open(simulator);
  const body = typeof more === 'string' ? more : { model: 'GigaChat-2', messages: [user()], ...more };
  expect(await refusal(await client.post('/chat/completions', body))).toEqual([status, { status, message }]);
});

function system(): object {
  return { role: 'system', content: 'Кратко' };
}

function user(): object {
  return { role: 'user', content: 'Привет' };
}

test('the hosts have lists of their own, and the current one two spellings of its base', async () => {
  await using simulator = await startGigaChatSimulator();
  const client = await TestClient.open(simulator);
  const ids = async (baseUrl: string): Promise<string> => (await client.at(baseUrl).get('/models')).text();
  const current = await ids(simulator.baseUrl);
  expect(current).toContain('{"id":"GigaChat-3-Ultra","object":"model","owned_by":"salutedevices","type":"chat"}');
  expect(await ids(`${simulator.url}/api/v1`)).toBe(current);
  expect(await ids(simulator.legacyBaseUrl)).not.toContain('GigaChat-3-Ultra');
  expect(await ids(simulator.legacyBaseUrl)).toContain('GigaChat-2-Max-preview');
  expect((await client.get('/models/GigaChat-2')).status).toBe(200);
  expect(await refusal(await client.get('/models/GigaChat-9'))).toEqual([404, { status: 404, message: 'No such model' }]);
  expect((await client.get('/nonsense')).status).toBe(404);
});

test('V14: a blocked topic is answered with words of its own, in a stream too', async () => {
  await using simulator = await startGigaChatSimulator({ blockedWords: ['секрет'] });
  const client = await TestClient.open(simulator);
  const message = { content: 'Я не могу обсуждать эту тему.', role: 'assistant' };
  expect(await (await client.chat('Расскажи секрет')).json()).toMatchObject({ choices: [{ message, finish_reason: 'blacklist' }] });
  const chunks = await chunksOf(await client.chat('Расскажи секрет', { stream: true }));
  expect(chunks.map(({ choices }) => choices[0])).toEqual([
    { delta: message, index: 0 },
    { delta: { content: '' }, index: 0, finish_reason: 'blacklist' },
  ]);
});

test.each(['clean-eof', 'mid-frame', 'reset'] as const)('V15: after two deltas the connection ends: %s', async (how) => {
  await using simulator = await startGigaChatSimulator();
  const client = await TestClient.open(simulator);
  simulator.play({ kind: 'cut', pieces: ['Раз', ', два'], how });
  const body = await (await client.chat('?', { stream: true })).text().catch(() => 'reset');
  expect(body).toMatch({ 'clean-eof': /, два.*\}\n\n$/su, 'mid-frame': /, два.*[^\n]$/su, reset: /^reset$/u }[how]);
  expect(body).not.toContain('[DONE]');
  expect(simulator.state).toMatchObject({ started: 1, completed: 0, broken: 1, openStreams: 0 });
});

test('V15: an error instead of the next delta', async () => {
  await using simulator = await startGigaChatSimulator();
  const client = await TestClient.open(simulator);
  simulator.play({ kind: 'stream-error', pieces: ['Раз', ', два'] });
  const text = await (await client.chat('?', { stream: true })).text();
  expect(text).toMatch(/, два.*\n\ndata: \{"status":500,"message":"Internal Server Error"\}\n\n$/su);
});

test.each<[string, GigaChatScenario, number, RegExp]>([
  ['V16', { kind: 'server-error-html', status: 502 }, 502, /^<html>.*502 Bad Gateway/su],
  ['V21', { kind: 'error', status: 402, message: 'Payment Required' }, 402, /^\{"status":402,"message":"Payment Required"\}\n$/u],
  ['text', { kind: 'error', status: 400, message: 'Bad request', envelope: 'text' }, 400, /^Bad request$/u],
])('%s: the scenario %j is played', async (_vector, scenario, status, body) => {
  await using simulator = await startGigaChatSimulator();
  const client = await TestClient.open(simulator);
  simulator.play(scenario);
  const response = await client.chat('?');
  expect([response.status, await response.text()]).toEqual([status, expect.stringMatching(body)]);
});

test('directives fail as the vendor does', async () => {
  await using simulator = await startGigaChatSimulator();
  const client = await TestClient.open(simulator);
  expect(await refusal(await client.chat('[[fail 402]]'))).toEqual([402, { status: 402, message: 'Payment Required' }]);
  expect((await client.chat('[[fail 429 after=5]]')).headers.get('retry-after')).toBe('5');
  expect(await (await client.chat('[[fail 503 html]]')).text()).toContain('503 Service Unavailable');
});

test('V20: a prompt over the window is refused with both numbers', async () => {
  const [model] = [{ id: 'GigaChat-2', type: 'chat', version: '1', family: 'GigaChat', contextWindow: 100 } as const];
  await using simulator = await startGigaChatSimulator({ models: [model] });
  const client = await TestClient.open(simulator);
  expect(await refusal(await client.chat('раз '.repeat(200)))).toEqual([
    422,
    { status: 422, message: 'CONTEXT_TOO_LONG: context too long 203, maximum allowed context is 100' },
  ]);
});

test('V21: tokens bought in advance are used up; who pays as he goes has no balance', async () => {
  const account = { clientId: 'id', clientSecret: 'secret', scope: 'GIGACHAT_API_PERS', balance: { GigaChat: 10 } } as const;
  const company = { clientId: 'id-corp', clientSecret: 'secret', scope: 'GIGACHAT_API_CORP' } as const;
  await using simulator = await startGigaChatSimulator({ accounts: [account, company] });
  const client = await TestClient.open(simulator);
  simulator.play({ kind: 'answer', pieces: ['Раз'], usage: { inputTokens: 6, outputTokens: 1 } });
  expect((await client.chat('?')).status).toBe(200);
  expect(await (await client.get('/balance')).json()).toEqual({ balance: [{ usage: 'GigaChat', value: 3 }] });
  expect((await client.chat('?')).status).toBe(200);
  expect(await refusal(await client.chat('?'))).toEqual([402, { status: 402, message: 'Payment Required' }]);
  const corporate = await TestClient.open(simulator, 'id-corp', 'GIGACHAT_API_CORP');
  expect(await refusal(await corporate.get('/balance'))).toEqual([403, { status: 403, message: 'Permission denied' }]);
});
