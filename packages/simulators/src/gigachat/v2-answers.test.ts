import { expect, test } from 'vitest';
import { type GigaChatSimulator, type GigaChatSimulatorOptions, startGigaChatSimulator } from '../index.ts';
import { refusal, TestClient } from './test-client.ts';

const created = 1_780_321_864;
const invalid = { status: 400, message: 'Your request contains invalid JSON syntax.' };
const forecast = { name: 'weather_forecast', parameters: { type: 'object', properties: { location: { type: 'string' } } } };
const tools = [{ functions: { specifications: [forecast] } }];
const text = (said: string): object => ({ role: 'user', content: [{ text: said }] });

async function start(options: GigaChatSimulatorOptions = {}): Promise<GigaChatSimulator> {
  return startGigaChatSimulator({ now: () => created * 1000, ...options });
}

async function ask(simulator: GigaChatSimulator, more: object): Promise<Response> {
  const client = (await TestClient.open(simulator)).at(`${simulator.url}/v2`);
  return client.post('/chat/completions', { model: 'GigaChat-2-Max', messages: [text('Привет')], ...more });
}

test('V23: a whole answer', async () => {
  await using simulator = await start();
  simulator.play({ kind: 'answer', pieces: ['1, 2'], usage: { inputTokens: 19, outputTokens: 8 } });
  const response = await ask(simulator, {});
  expect(response.headers.get('x-sp-crid')).not.toBeNull();
  expect(await response.json()).toEqual({
    model: 'GigaChat-2-Max:2.0.28.2',
    created_at: created,
    messages: [{ role: 'assistant', content: [{ text: '1, 2' }] }],
    finish_reason: 'stop',
    usage: { input_tokens: 19, input_tokens_details: { prompt_tokens: 19, cached_tokens: 0 }, output_tokens: 8, total_tokens: 27 },
  });
});

test('V23: a stream of named events, and no mark after the last', async () => {
  await using simulator = await start();
  simulator.play({ kind: 'answer', pieces: ['1, 2'], usage: { inputTokens: 19, outputTokens: 8 } });
  const head = `"model":"GigaChat-2-Max:2.0.28.2","created_at":${String(created)}`;
  expect(await (await ask(simulator, { stream: true })).text()).toBe(
    `event: response.message.delta\ndata: {${head},"messages":[{"role":"assistant","content":[{"text":"1, 2"}]}]}\n\n` +
      `event: response.message.done\ndata: {${head},"finish_reason":"stop","usage":{"input_tokens":19,"input_tokens_details":{"prompt_tokens":19,"cached_tokens":0},"output_tokens":8,"total_tokens":27}}\n\n`,
  );
});

const uuid = expect.stringMatching(/^[\da-f-]{36}$/u);
const callPart = (location: string): object => ({ function_call: { name: 'weather_forecast', arguments: { location } } });

test('V23: several calls in one answer, in the last event of a stream', async () => {
  await using simulator = await start();
  const calls = ['Тула', 'Уфа'].map((location) => ({ name: 'weather_forecast', arguments: { location } }));
  simulator.play({ kind: 'tool-calls', calls });
  expect(await (await ask(simulator, { tools })).json()).toMatchObject({
    messages: [{ role: 'assistant', tool_state_id: uuid, content: [callPart('Тула'), { function_call: { id: uuid } }] }],
    finish_reason: 'function_call',
  });
  const stream = await (await ask(simulator, { tools, stream: true })).text();
  expect(stream).toMatch(/^event: response\.message\.done\ndata: .*"tool_state_id".*"finish_reason":"function_call"[^\n]*\n\n$/u);
});

test('V23: calls without ids, and times as text', async () => {
  await using simulator = await start({ quirks: { hasCallIds: false, createdAtAsText: true } });
  const answer = await (await ask(simulator, { tools, tool_config: { mode: 'forced', function_name: 'weather_forecast' } })).json();
  expect(answer).toMatchObject({ created_at: String(created), messages: [{ content: [{ function_call: { name: 'weather_forecast' } }] }] });
  expect(JSON.stringify(answer)).not.toContain('"id"');
});

test.each([
  ['any', 'tool', 200],
  ['any', 'function', 200],
  ['function', 'tool', 400],
  ['tool', 'function', 400],
] as const)('V23: with %s a result with the role %s gives %i', async (toolResultRole, role, status) => {
  await using simulator = await start({ quirks: { toolResultRole } });
  const messages = [
    text('Погода?'),
    { role: 'assistant', tool_state_id: 'state', content: [callPart('Тула')] },
    { role, content: [{ function_result: { name: 'weather_forecast', result: '{"temperature":12}' } }] },
  ];
  const response = await ask(simulator, { tools, messages });
  expect(response.status).toBe(status);
  expect(await response.text()).toContain(status === 200 ? 'temperature' : invalid.message);
});

const badResult = { function_result: { name: 'weather_forecast', result: '12 градусов' } };

test.each([
  { messages: [{ role: 'user', content: 'Привет' }] },
  { messages: [{ role: 'user', content: [{ nonsense: 1 }] }] },
  { messages: [{ role: 'assistant', content: [{ function_call: { name: 'weather_forecast', arguments: '{"location":"Тула"}' } }] }] },
  { messages: [text('?'), { role: 'assistant', content: [callPart('Тула')] }, { role: 'tool', content: [badResult] }] },
  { model_options: { temperature: '0.5' } },
  { model_options: [] },
  { tools: {} },
])('V23: the shape of %j is refused', async (more) => {
  await using simulator = await start();
  expect(await refusal(await ask(simulator, more))).toEqual([400, invalid]);
});

test.each([
  [{ messages: [text('?'), { role: 'system', content: [{ text: 'Кратко' }] }] }, 422, /system message must be the first message/u],
  [{ model_options: { repetition_penalty: 0 } }, 422, /repetition_penalty/u],
  [{ model_options: { response_format: { type: 'json_object' } } }, 400, /Unknown type "json_object"/u],
  [{ tools: [{ code_interpreter: {} }] }, 422, /^Tool code_interpreter is unavailable$/u],
  [{ tools: [{ telepathy: {} }] }, 404, /^Unknown tool telepathy$/u],
  [{ model: 'GigaChat-9' }, 404, /^No such model$/u],
])('V23: %j is refused', async (more, status, message) => {
  await using simulator = await start();
  expect(await refusal(await ask(simulator, more))).toEqual([status, { status, message: expect.stringMatching(message) }]);
});

test('V23: max_tokens and a schema stand among the options of the model', async () => {
  await using simulator = await start();
  const limited = await (await ask(simulator, { messages: [text('[[long 50]]')], model_options: { max_tokens: 3 } })).json();
  expect(limited).toMatchObject({ finish_reason: 'length', usage: { output_tokens: 3 } });
  const schema = { type: 'object', properties: { city: { type: 'string' } } };
  const structured = await (await ask(simulator, { model_options: { response_format: { type: 'json_schema', schema } } })).json();
  expect(structured).toMatchObject({ messages: [{ content: [{ text: '{\n  "city": "Казань"\n}' }] }] });
});

test('V14: the second version has a reason of its own for a question that is not let through', async () => {
  await using simulator = await start({ blockedWords: ['секрет'] });
  expect(await (await ask(simulator, { messages: [text('секрет')] })).json()).toMatchObject({ finish_reason: 'request_filter' });
  expect(await (await ask(simulator, { messages: [text('[[filter 1]]')] })).json()).toMatchObject({ finish_reason: 'blacklist' });
});

test('V15: a failure in the middle is an end with an error and no counts', async () => {
  await using simulator = await start();
  simulator.play({ kind: 'stream-error', pieces: ['Раз'] });
  const body = await (await ask(simulator, { stream: true })).text();
  expect(body).toMatch(
    /event: response\.message\.done\ndata: .*"created_at":"1780321864","finish_reason":"error".*"total_tokens":0\}\}\n\n$/u,
  );
});

test('V18: a picture is a part of the answer, after events of the tool', async () => {
  await using simulator = await start();
  const more = { tools: [{ image_generate: {} }], messages: [text('Нарисуй кота')] };
  expect(await (await ask(simulator, more)).json()).toMatchObject({
    messages: [{ content: [{ files: [{ id: uuid, mime: 'image/jpeg', target: 'image' }] }, { text: ' Вот что получилось.' }] }],
  });
  const stream = await (await ask(simulator, { ...more, stream: true })).text();
  expect(stream.match(/^event: .*$/gmu)).toEqual([
    'event: response.tool.in_progress',
    'event: response.tool.completed',
    'event: response.message.delta',
    'event: response.message.delta',
    'event: response.message.delta',
    'event: response.message.done',
  ]);
});

test('both hosts and both spellings serve the second version', async () => {
  await using simulator = await start();
  const client = await TestClient.open(simulator);
  const body = { model: 'GigaChat-2', messages: [text('Привет')] };
  for (const base of ['/v2', '/api/v2', '/legacy/api/v2']) {
    expect((await client.at(simulator.url + base).post('/chat/completions', body)).status).toBe(200);
  }
});
