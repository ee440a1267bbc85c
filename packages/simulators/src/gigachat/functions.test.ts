import { expect, test } from 'vitest';
import { startGigaChatSimulator } from '../index.ts';
import { answerOf, chunksOf, refusal, TestClient } from './test-client.ts';

const forecast = {
  name: 'weather_forecast',
  description: 'Прогноз погоды',
  parameters: {
    type: 'object',
    properties: { location: { type: 'string' }, num_days: { type: 'integer' } },
    required: ['location'],
  },
  few_shot_examples: [{ request: 'Погода в Туле', params: { location: 'Тула', num_days: 3 } }],
};
const functions = [forecast];
const question = { role: 'user', content: 'Погода в Туле' };
const call = { role: 'assistant', content: '', function_call: { name: 'weather_forecast', arguments: { location: 'Тула', num_days: 3 } } };
const result = (content: string): object => ({ role: 'function', name: 'weather_forecast', content });
const uuid = expect.stringMatching(/^[\da-f-]{36}$/u);

test('V12: a call comes with empty content, arguments as an object and the id of a state', async () => {
  await using simulator = await startGigaChatSimulator();
  const client = await TestClient.open(simulator);
  const { choices } = await answerOf(await client.chat('Погода в Туле', { functions, function_call: 'auto' }));
  expect(choices[0]).toEqual({
    message: { ...call, functions_state_id: uuid },
    index: 0,
    finish_reason: 'function_call',
  });
  const messages = [question, call, result('{"temperature":12}')];
  const after = (await answerOf(await client.chat('', { functions, messages }))).choices[0];
  expect([after.finish_reason, after.message.content]).toEqual(['stop', expect.stringContaining('"temperature":12')]);
});

test.each([
  [[question, call, result('12 градусов')], /^INVALID_PARAMS: invalid function result for function weather_forecast json string/u],
  [[question, call, question], /^Invalid params: every assistant function call must have a result in history$/u],
  [[question, call], /must have a result in history$/u],
  [[question, result('{}')], /^Invalid params: every assistant function result must have an assistant function call in history$/u],
])('V12: history %#', async (messages, message) => {
  await using simulator = await startGigaChatSimulator();
  const client = await TestClient.open(simulator);
  const refused = await refusal(await client.chat('', { functions, messages }));
  expect(refused).toEqual([422, { status: 422, message: expect.stringMatching(message) }]);
});

test('V12: arguments sent back as text are of a wrong type', async () => {
  await using simulator = await startGigaChatSimulator();
  const client = await TestClient.open(simulator);
  const asText = { ...call, function_call: { name: 'weather_forecast', arguments: '{"location":"Тула"}' } };
  expect((await client.chat('', { functions, messages: [question, asText, result('{}')] })).status).toBe(400);
});

test('V12: arguments as text, as the newest description has them', async () => {
  await using simulator = await startGigaChatSimulator({ quirks: { argumentsAsText: true } });
  const client = await TestClient.open(simulator);
  const { choices } = await answerOf(await client.chat('Погода в Туле', { functions }));
  expect(choices[0].message.function_call?.arguments).toBe('{"location":"Тула","num_days":3}');
});

test('V12: a function can be forced with a part of its arguments, or ruled out', async () => {
  await using simulator = await startGigaChatSimulator();
  const client = await TestClient.open(simulator);
  const forced = { name: 'weather_forecast', partial_arguments: { location: 'Уфа' } };
  const { choices } = await answerOf(await client.chat('Привет', { functions, function_call: forced }));
  expect(choices[0].message.function_call).toEqual({ name: 'weather_forecast', arguments: { location: 'Уфа', num_days: 5 } });
  const none = await answerOf(await client.chat('Погода в Туле', { functions, function_call: 'none' }));
  expect(none.choices[0].finish_reason).toBe('stop');
});

test('V13: in a stream one delta holds the whole call, and one call only', async () => {
  await using simulator = await startGigaChatSimulator();
  const client = await TestClient.open(simulator);
  const one = { name: 'weather_forecast', arguments: { location: 'Тула' } };
  simulator.play({ kind: 'tool-calls', calls: [one, { name: 'weather_forecast', arguments: { location: 'Уфа' } }] });
  const chunks = await chunksOf(await client.chat('?', { functions, stream: true }));
  expect(chunks.map(({ choices }) => choices[0])).toEqual([
    { delta: { content: '', function_call: one, functions_state_id: uuid, role: 'assistant' }, index: 0 },
    { delta: { content: '' }, index: 0, finish_reason: 'function_call' },
  ]);
});

test('invalid arguments of the model end with error', async () => {
  await using simulator = await startGigaChatSimulator();
  const client = await TestClient.open(simulator);
  simulator.play({ kind: 'ending', pieces: [], finishReason: 'error' });
  expect((await answerOf(await client.chat('?', { functions }))).choices[0].finish_reason).toBe('error');
});

test.each([
  [{ ...forecast, name: 'погода' }, 422, /^Invalid params: Invalid function names\. Only Latin letters.*: \[погода\]$/u],
  [{ name: 'no_such_function' }, 404, /^Function schema for no_such_function not found$/u],
  [
    { ...forecast, parameters: { type: 'object', properties: { data: { type: 'object' } } } },
    422,
    /^Field 'properties\.data\.properties' is missing$/u,
  ],
  [{ ...forecast, parameters: { type: 'object', properties: { list: { type: 'array' } } } }, 422, /^Field 'properties\.list\.items' is/u],
])('V10: the definition %# is refused', async (definition, status, message) => {
  await using simulator = await startGigaChatSimulator();
  const client = await TestClient.open(simulator);
  const refused = await refusal(await client.chat('?', { functions: [definition] }));
  expect(refused).toEqual([status, { status, message: expect.stringMatching(message) }]);
});

test('a definition can be validated apart', async () => {
  await using simulator = await startGigaChatSimulator();
  const client = await TestClient.open(simulator);
  const verdict = async (definition: object): Promise<unknown> => (await client.post('/functions/validate', definition)).json();
  expect(await verdict(forecast)).toEqual({ status: 200, message: 'Function is valid', json_ai_rules_version: '1.0.5' });
  expect(await verdict({ ...forecast, few_shot_examples: [] })).toMatchObject({ message: 'Function is valid', warnings: [{}] });
  expect(await verdict({ name: 'a', parameters: { type: 'object' } })).toMatchObject({
    message: 'Incorrect function syntax',
    errors: [{ schema_location: '(root).description' }, { schema_location: '(root).parameters.properties' }],
  });
});

test('V19: structured output is indented JSON that fits the schema', async () => {
  await using simulator = await startGigaChatSimulator();
  const client = await TestClient.open(simulator);
  const schema = { type: 'object', properties: { city: { type: 'string' }, people: { type: 'integer' } }, required: ['city'] };
  const ask = (format: object): Promise<Response> => client.chat('Город', { response_format: format });
  const { choices } = await answerOf(await ask({ type: 'json_schema', schema, strict: true }));
  expect(choices[0].message.content).toBe('{\n  "city": "Казань",\n  "people": 5\n}');
  expect(await refusal(await ask({ type: 'json_object' }))).toEqual([
    400,
    { status: 400, message: 'Unknown type "json_object" in response_format' },
  ]);
  expect(await refusal(await ask({ type: 'json_schema' }))).toEqual([
    400,
    { status: 400, message: 'Empty schema with json format type is not supported' },
  ]);
});
