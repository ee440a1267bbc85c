import { afterEach, expect, test } from 'vitest';
import { exampleOpenAiKey, type OpenAiSimulator, type OpenAiSimulatorOptions, startOpenAiSimulator } from './openai-simulator.ts';
import { openAiDialects } from './quirks.ts';

let simulator: OpenAiSimulator | undefined;

afterEach(async () => {
  await simulator?.[Symbol.asyncDispose]();
  simulator = undefined;
});

async function start(options: OpenAiSimulatorOptions = {}): Promise<OpenAiSimulator> {
  simulator = await startOpenAiSimulator(options);
  return simulator;
}

interface Asked {
  readonly status: number;
  readonly text: string;
  /** Of the events, without the marker. */
  readonly chunks: readonly unknown[];
}

async function ask(path: string, body?: object, key: string | undefined = exampleOpenAiKey): Promise<Asked> {
  const response = await fetch(`${simulator?.baseUrl ?? ''}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json', ...(key === '' ? {} : { authorization: `Bearer ${key}` }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const chunks = [...text.matchAll(/^data: (\{.*)$/gmu)].map(([, json = '']): unknown => JSON.parse(json));
  return { status: response.status, text, chunks };
}

const question = (content: unknown, members: object = {}) => ({
  model: 'sim-large',
  stream: true,
  messages: [{ role: 'user', content }],
  ...members,
});

test('streams by default as OpenAI does: role, pieces, the end, counts that were asked for, the marker', async () => {
  await start();
  const { chunks, text } = await ask('/chat/completions', question('[[say Да нет]]', { stream_options: { include_usage: true } }));
  expect(chunks).toMatchObject([
    { object: 'chat.completion.chunk', choices: [{ delta: { role: 'assistant' } }] },
    { choices: [{ delta: { content: 'Да' } }] },
    { choices: [{ delta: { content: ' нет' } }] },
    { choices: [{ delta: {}, finish_reason: 'stop' }] },
    { choices: [], usage: { prompt_tokens: expect.any(Number), completion_tokens: expect.any(Number) } },
  ]);
  expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
});

test('counts are not sent where nobody asked', async () => {
  await start();
  expect((await ask('/chat/completions', question('[[say a]]'))).text).not.toContain('"usage"');
});

test('answers whole when no stream is asked for', async () => {
  await start();
  const { text } = await ask('/chat/completions', question('[[say a b]]', { stream: false }));
  expect(JSON.parse(text)).toMatchObject({
    object: 'chat.completion',
    choices: [{ message: { role: 'assistant', content: 'a b' }, finish_reason: 'stop' }],
    usage: { total_tokens: expect.any(Number) },
  });
});

test.for([
  ['no key', '/models', undefined, '', 401, 'missing_api_key'],
  ['a wrong key', '/models', undefined, 'sk-wrong', 401, 'invalid_api_key'],
  ['an unknown model', '/chat/completions', question('a', { model: 'gone' }), exampleOpenAiKey, 404, 'model_not_found'],
  ['the other field', '/chat/completions', question('a', { max_tokens: 1 }), exampleOpenAiKey, 400, 'unsupported_parameter'],
  ['no messages', '/chat/completions', { model: 'sim-large', messages: [] }, exampleOpenAiKey, 400, 'invalid_value'],
  ['no such route', '/nothing', undefined, exampleOpenAiKey, 404, 'unknown_url'],
  ['too much', '/chat/completions', question('a '.repeat(9000), { model: 'sim-small' }), exampleOpenAiKey, 400, 'context_length_exceeded'],
] as const)('refuses %s', async ([_what, path, body, key, ...refusal]) => {
  await start();
  const answer = await ask(path, body, key);
  const [status, code] = refusal;
  expect(answer.status).toBe(status);
  expect(JSON.parse(answer.text)).toMatchObject({ error: { code, message: expect.any(String) } });
});

test('images are for models that see', async () => {
  await start();
  const image = [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } }];
  expect((await ask('/chat/completions', question(image))).status).toBe(200);
  expect((await ask('/chat/completions', question(image, { model: 'sim-small' }))).status).toBe(400);
});

test('directives work, a refusal with its wait among them', async () => {
  await start();
  const response = await fetch(`${simulator?.baseUrl ?? ''}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${exampleOpenAiKey}` },
    body: JSON.stringify(question('[[fail 429 after=5]]')),
  });
  expect([response.status, response.headers.get('retry-after')]).toEqual([429, '5']);
  expect((await ask('/chat/completions', question('[[cut 2]] [[long 5]]'))).text).not.toContain('[DONE]');
});

test('embeddings are told by their index, not by their order', async () => {
  await start();
  const { text } = await ask('/embeddings', { model: 'sim-embedding', input: ['a', 'b'] });
  expect(JSON.parse(text)).toMatchObject({ data: [{ index: 1 }, { index: 0 }], usage: { prompt_tokens: 2 } });
});

test.each(Object.keys(openAiDialects))('%s answers at its own path, whatever its habits', async (name) => {
  const dialect = name as keyof typeof openAiDialects;
  await start({ dialect });
  expect((await ask('/chat/completions', question('[[say a]]'))).text).toContain('"content":"a"');
  const models = await ask('/models');
  expect(models.status).toBe(openAiDialects[dialect].models === 'none' ? 404 : 200);
});

test('a server without keys takes any', async () => {
  await start({ dialect: 'ollama' });
  expect((await ask('/models', undefined, '')).status).toBe(200);
});

test('thoughts stand where the dialect has them', async () => {
  const thoughts = async (dialect: keyof typeof openAiDialects): Promise<string> => {
    await using other = await startOpenAiSimulator({ dialect });
    simulator = other;
    other.play({ kind: 'reasoning', thoughts: ['T'], pieces: ['A'] });
    return (await ask('/chat/completions', question('?'))).text;
  };
  expect(await thoughts('deepseek')).toContain('"reasoning_content":"T"');
  expect(await thoughts('openrouter')).toContain('"reasoning":"T"');
  expect(await thoughts('perplexity')).toContain('"content":"\\n</think>\\n\\nA"');
  expect(await thoughts('mistral')).toContain('"type":"thinking"');
});

test('neighbours of one role are refused where templates refuse them', async () => {
  await start({ dialect: 'vllm' });
  const messages = [
    { role: 'user', content: 'a' },
    { role: 'user', content: 'b' },
  ];
  expect((await ask('/chat/completions', { model: 'sim-large', messages })).status).toBe(400);
});

test('another process may play any answer', async () => {
  await start();
  const play = { method: 'POST', body: JSON.stringify({ kind: 'http', status: 418, body: 'tea', contentType: 'text/plain' }) };
  expect((await fetch(`${simulator?.url ?? ''}/__simulator/play`, play)).status).toBe(200);
  expect(await ask('/models')).toMatchObject({ status: 418, text: 'tea' });
});
