import { expect, test } from 'vitest';
import { startGigaChatSimulator } from '../index.ts';
import { answerOf, chunksOf, rawPost, said, TestClient, tokenOf } from './test-client.ts';

const createdAt = 1_760_434_636_000;

test('V2: a whole answer has no id and names the version of the model', async () => {
  await using simulator = await startGigaChatSimulator({ now: () => createdAt });
  const client = await TestClient.open(simulator);
  simulator.play({ kind: 'answer', pieces: ['cat'], usage: { inputTokens: 20, outputTokens: 1 } });
  const messages = [
    { role: 'system', content: 'Ты переводчик' },
    { role: 'user', content: 'кот' },
  ];
  const response = await client.chat('', { messages }, { headers: { 'x-client-id': 'ours', 'x-request-id': 'r', 'x-session-id': 's' } });
  expect(await response.text()).toBe(
    '{"choices":[{"message":{"content":"cat","role":"assistant"},"index":0,"finish_reason":"stop"}],"created":1760434636,"model":"GigaChat-2:2.0.28.2","object":"chat.completion","usage":{"prompt_tokens":20,"completion_tokens":1,"total_tokens":21,"precached_prompt_tokens":0}}',
  );
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'x-request-id': 'r',
    'x-session-id': 's',
    'x-client-id': 'ours',
    server: 'SynGX',
  });
});

test('V2: a session that begins the same has cached tokens', async () => {
  await using simulator = await startGigaChatSimulator();
  const client = await TestClient.open(simulator);
  const cached = async (sessionId: string): Promise<number> => {
    const response = await client.chat('Привет', {}, { headers: { 'x-session-id': sessionId } });
    const { usage } = await answerOf(response);
    expect(usage.total_tokens).toBe(usage.prompt_tokens + usage.completion_tokens);
    return usage.precached_prompt_tokens;
  };
  expect(await cached('a')).toBe(0);
  expect(await cached('a')).toBeGreaterThan(0);
  expect(await cached('b')).toBe(0);
});

test('V3: the frames of a stream, letter by letter as recorded', async () => {
  await using simulator = await startGigaChatSimulator({ now: () => createdAt });
  const client = await TestClient.open(simulator);
  simulator.play({ kind: 'answer', pieces: ['Раз, ', 'два'], usage: { inputTokens: 17, outputTokens: 42 } });
  const response = await client.chat('Посчитай', { stream: true });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const rest = '"created":1760434636,"model":"GigaChat-2:2.0.28.2","object":"chat.completion"';
  expect(await response.text()).toBe(
    `data: {"choices":[{"delta":{"content":"Раз, ","role":"assistant"},"index":0}],${rest}}\n\n` +
      `data: {"choices":[{"delta":{"content":"два"},"index":0}],${rest}}\n\n` +
      `data: {"choices":[{"delta":{"content":""},"index":0,"finish_reason":"stop"}],${rest},"usage":{"prompt_tokens":17,"completion_tokens":42,"total_tokens":59,"precached_prompt_tokens":0}}\n\n` +
      'data: [DONE]\n\n',
  );
});

test('V3: letters are cut between writes, and a text may look like a line of its own', async () => {
  await using simulator = await startGigaChatSimulator();
  simulator.play({ kind: 'answer', pieces: ['Ключ', '": "', 'значение 🐻'], chunkBytes: 1 });
  const question = { model: 'GigaChat-2', stream: true, messages: [{ role: 'user', content: '?' }] };
  const headers = { authorization: `Bearer ${await tokenOf(simulator)}`, 'user-agent': 'test' };
  const { parts } = await rawPost(`${simulator.baseUrl}/chat/completions`, question, headers);
  expect(parts.every(({ length }) => length === 1)).toBe(true);
  expect(said(await chunksOf(new Response(Buffer.concat(parts))))).toBe('Ключ": "значение 🐻');
});

test('V3: other line ends, and no line end after the last event', async () => {
  await using simulator = await startGigaChatSimulator();
  const client = await TestClient.open(simulator);
  simulator.play({ kind: 'framed-answer', pieces: ['Раз'], lineEnd: '\r\n', hasNoFinalNewline: true });
  const text = await (await client.chat('?', { stream: true })).text();
  expect(text).toMatch(/\r\n\r\ndata: \[DONE\]$/u);
  expect(text.replaceAll('\r\n', '')).not.toContain('\n');
});

test('V4: max_tokens ends an answer with length', async () => {
  await using simulator = await startGigaChatSimulator();
  const client = await TestClient.open(simulator);
  const body = await answerOf(await client.chat('[[long 50]]', { max_tokens: 3 }));
  expect([body.choices[0].finish_reason, body.usage.completion_tokens]).toEqual(['length', 3]);
  const chunks = await chunksOf(await client.chat('[[long 50]]', { max_tokens: 3, stream: true }));
  expect(chunks.at(-1)?.choices[0].finish_reason).toBe('length');
});

test('without anything special it answers from what it knows of the conversation', async () => {
  await using simulator = await startGigaChatSimulator();
  const client = await TestClient.open(simulator);
  expect(said(await chunksOf(await client.chat('Как дела?', { stream: true })))).toContain('Вы написали: «Как дела?»');
});

test('neighbours of one role become one, and a lone instruction is a question', async () => {
  await using simulator = await startGigaChatSimulator();
  const client = await TestClient.open(simulator);
  const history = async (messages: object): Promise<unknown> => {
    const body = await answerOf(await client.chat('', { messages }));
    return JSON.parse(body.choices[0].message.content);
  };
  const user = (content: string): object => ({ role: 'user', content });
  expect(await history([user('Раз'), user('[[history]]')])).toEqual([{ role: 'user', text: 'Раз\n[[history]]' }]);
  expect(await history([{ role: 'system', content: '[[history]]' }])).toEqual([{ role: 'user', text: '[[history]]' }]);
});
