import { expect, test } from 'vitest';
import { exampleApiKey, exampleFolderId, startYandexGptSimulator, type YandexGptSimulator } from '../index.ts';

const completionPath = '/foundationModels/v1/completion';

interface Line {
  readonly result?: {
    readonly alternatives: readonly { readonly message: { readonly text?: string }; readonly status: string }[];
    readonly usage: unknown;
  };
  readonly error?: { readonly grpcCode: number; readonly message: string };
}

function post(
  simulator: YandexGptSimulator,
  path: string,
  body: unknown,
  init: { authorization?: string; signal?: AbortSignal } = {},
): Promise<Response> {
  const { authorization = `Api-Key ${exampleApiKey}`, signal } = init;
  return fetch(simulator.url + path, {
    method: 'POST',
    headers: { authorization, 'x-client-request-id': 'ours' },
    body: JSON.stringify(body),
    ...(signal === undefined ? {} : { signal }),
  });
}

function question(text: string, more: object = {}, options: object = {}): object {
  return {
    modelUri: `gpt://${exampleFolderId}/yandexgpt-5-lite`,
    completionOptions: { stream: true, ...options },
    messages: [{ role: 'user', text }],
    ...more,
  };
}

async function lines(response: Response): Promise<readonly Line[]> {
  const text = await response.text();
  return text.split(/\r?\n/u).flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
}

const textsOf = (found: readonly Line[]): unknown[] => found.map(({ result }) => result?.alternatives[0]?.message.text);
const statusesOf = (found: readonly Line[]): unknown[] =>
  found.map(({ result }) => result?.alternatives[0]?.status.replace('ALTERNATIVE_STATUS_', ''));

test('V1, V2: texts are cumulative, counts are strings that grow, ids are in the headers', async () => {
  await using simulator = await startYandexGptSimulator();
  simulator.play({ kind: 'answer', pieces: ['Здрав', 'ствуйте, чем', ' помочь?'], usage: { inputTokens: 21, outputTokens: 7 } });
  const response = await post(simulator, completionPath, question('Привет'));
  const found = await lines(response);
  expect(textsOf(found)).toEqual(['Здрав', 'Здравствуйте, чем', 'Здравствуйте, чем помочь?']);
  expect(statusesOf(found)).toEqual(['PARTIAL', 'PARTIAL', 'FINAL']);
  expect(found.at(-1)?.result?.usage).toMatchObject({ inputTextTokens: '21', completionTokens: '7', totalTokens: '28' });
  expect(response.headers.get('x-client-request-id')).toBe('ours');
  expect(response.headers.get('x-server-trace-id')).toMatch(/^[0-9a-f]+:[0-9a-f]+:[0-9a-f]+:1$/u);
  const whole = await lines(await post(simulator, completionPath, question('Привет', {}, { stream: false })));
  expect(textsOf(whole)).toEqual(['Здравствуйте, чем помочь?']);
});

test.each([{ chunkBytes: 1 }, { lineEnd: '\r\n' as const }, { hasNoFinalNewline: true }])(
  'V2: framing %o carries the same answer',
  async (framing) => {
    await using simulator = await startYandexGptSimulator();
    simulator.play({ kind: 'framed-answer', pieces: ['При', 'вет 🐻'], ...framing });
    const found = await lines(await post(simulator, completionPath, question('?')));
    expect(textsOf(found)).toEqual(['При', 'Привет 🐻']);
  },
);

test('V3: a character cut at a partial boundary shows as U+FFFD and is mended', async () => {
  await using simulator = await startYandexGptSimulator();
  const found = await lines(await post(simulator, completionPath, question('[[emoji]]')));
  expect(textsOf(found)).toEqual(['Люблю медведей \ufffd', 'Люблю медведей 🐻 и \ufffd', 'Люблю медведей 🐻 и 🍯 мёд']);
});

test.each([
  ['V4', '[[say Начну рассказ]] [[filter 2]]', ['PARTIAL', 'PARTIAL', 'CONTENT_FILTER'], 'Я не могу обсуждать эту тему.'],
  ['V5', '[[long 9]] [[truncate 2]]', ['PARTIAL', 'TRUNCATED_FINAL'], '1 2'],
  ['V6', '[[tool get_weather {"city":"Казань"}]]', ['TOOL_CALLS'], undefined],
])('%s: %s', async (_vector, text, statuses, last) => {
  await using simulator = await startYandexGptSimulator();
  const found = await lines(await post(simulator, completionPath, question(text)));
  expect(statusesOf(found)).toEqual(statuses);
  expect(textsOf(found).at(-1)).toBe(last);
});

test('V5: maxTokens truncates and is counted', async () => {
  await using simulator = await startYandexGptSimulator();
  const found = await lines(await post(simulator, completionPath, question('[[long 50]]', {}, { maxTokens: '5' })));
  expect(statusesOf(found).at(-1)).toBe('TRUNCATED_FINAL');
  expect(found.at(-1)?.result?.usage).toMatchObject({ completionTokens: '5' });
});

const weather = { function: { name: 'get_weather', parameters: { type: 'object', properties: { city: { type: 'string' } } } } };
const call = { functionCall: { name: 'get_weather', arguments: { city: 'Казань' } } };

test.each([['user'], ['assistant']])('V6: a result with role %s is answered with text', async (role) => {
  await using simulator = await startYandexGptSimulator();
  const first = await lines(
    await post(simulator, completionPath, question('Погода?', { tools: [weather], toolChoice: { functionName: 'get_weather' } })),
  );
  expect(first).toMatchObject([{ result: { alternatives: [{ message: { toolCallList: { toolCalls: [call] } } }] } }]);
  const messages = [
    { role: 'user', text: 'Погода?' },
    { role: 'assistant', toolCallList: { toolCalls: [call] } },
    { role, toolResultList: { toolResults: [{ functionResult: { name: 'get_weather', content: '{"t":-5}' } }] } },
  ];
  const second = await lines(await post(simulator, completionPath, question('', { tools: [weather], messages })));
  expect(textsOf(second).at(-1)).toContain('{"t":-5}');
});

test('V6: parallel calls, one call, none, and calls without end', async () => {
  await using simulator = await startYandexGptSimulator();
  const calls = [
    { name: 'get_weather', arguments: { city: 'Казань' } },
    { name: 'get_weather', arguments: { city: 'Уфа' } },
  ];
  const count = async (more: object): Promise<number> => {
    const body = await (await post(simulator, completionPath, question('get_weather', { tools: [weather], ...more }))).text();
    return body.split('functionCall"').length - 1;
  };
  simulator.play({ kind: 'tool-calls', calls, isEndless: true });
  const messages = [{ role: 'user', toolResultList: { toolResults: [{ functionResult: { name: 'get_weather', content: '1' } }] } }];
  expect([await count({}), await count({ parallelToolCalls: false }), await count({ messages })]).toEqual([2, 1, 2]);
  simulator.play({ kind: 'default' });
  expect([await count({}), await count({ toolChoice: { mode: 'NONE' } })]).toEqual([1, 0]);
});

test.each([
  [
    { jsonSchema: { schema: { type: 'object', properties: { numbers: { type: 'array', items: { type: 'integer' } } } } } },
    '{"numbers": [5, 4, 1]}',
  ],
  [{ json_schema: { schema: { properties: { numbers: { type: 'array', items: { type: 'integer' } } } } } }, '{"numbers": [5, 4, 1]}'],
  [{ jsonObject: true }, '{"output": "5, 4, 1"}'],
])('V7: %o', async (more, text) => {
  await using simulator = await startYandexGptSimulator();
  expect(textsOf(await lines(await post(simulator, completionPath, question('Числа', more))))).toEqual([text]);
});

test.each([
  { name: 'V8 key', auth: { authorization: 'Api-Key AQVNwrong' }, expected: [401, 16, 'Unknown api key'] },
  { name: 'V9 token', auth: { authorization: 'Bearer t1.old' }, expected: [401, 16, 'token is invalid'] },
  {
    name: 'V10 folder',
    more: { modelUri: 'gpt://b1gwrong00000000000/yandexgpt-lite' },
    expected: [400, 3, `service account folder ID '${exampleFolderId}'`],
  },
  { name: 'V11 model', more: { modelUri: 'yandexgpt' }, expected: [400, 3, 'invalid model_uri'] },
  { name: 'V11 open model', more: { modelUri: `gpt://${exampleFolderId}/gpt-oss-20b` }, expected: [400, 3, 'Failed to get model'] },
  {
    name: 'V13 long prompt',
    more: { messages: [{ role: 'user', text: 'слово '.repeat(20_000) }] },
    expected: [400, 3, 'no more than 32768, got 40003'],
  },
  { name: 'empty text', more: { messages: [{ role: 'user', text: '' }] }, expected: [400, 3, 'empty message text'] },
])('$name is refused in the wrapped envelope', async ({ auth, more, expected: [status, grpcCode, message] }) => {
  await using simulator = await startYandexGptSimulator();
  const response = await post(simulator, completionPath, question('?', more), auth);
  expect(response.status).toBe(status);
  expect(await lines(response)).toMatchObject([{ error: { grpcCode, message: expect.stringContaining(String(message)) } }]);
});

test('V8: scopes, expiry and roles of keys', async () => {
  const folderId = exampleFolderId;
  const apiKeys = {
    scoped: { folderId, scopes: ['yc.search-api.execute'] },
    old: { folderId, expiresAt: 1 },
    roleless: { folderId, hasRole: false },
  };
  await using simulator = await startYandexGptSimulator({ apiKeys });
  const ask = async (key: string): Promise<unknown> =>
    (await lines(await post(simulator, completionPath, question('?'), { authorization: `Api-Key ${key}` })))[0]?.error;
  expect(await ask('scoped')).toMatchObject({ grpcCode: 16, message: expect.stringContaining('Unknown api key') });
  expect(await ask('old')).toMatchObject({ grpcCode: 16, message: 'The apikey has expired' });
  expect(await ask('roleless')).toMatchObject({ grpcCode: 7, httpCode: 403, httpStatus: 'Forbidden' });
});

test('V12: the gauge counts running generations and frees a slot when one ends', async () => {
  await using simulator = await startYandexGptSimulator({ concurrentGenerations: 2 });
  const held = [
    post(simulator, completionPath, question('[[say a]] [[stall 0]]')),
    post(simulator, completionPath, question('[[say b]] [[hold]]')),
  ];
  await expect.poll(() => simulator.state.holding).toBe(2);
  const refused = await post(simulator, completionPath, question('?'));
  expect([refused.status, await lines(refused)]).toMatchObject([
    429,
    [{ error: { grpcCode: 8, message: expect.stringContaining('gauge quota limit exceed: allowed 2') } }],
  ]);
  simulator.advance();
  for (const response of held) expect(textsOf(await lines(await response))).toHaveLength(1);
  expect((await post(simulator, completionPath, question('?'))).status).toBe(200);
});

test('V12b: the rate of embeddings counts within a second, in the flat envelope', async () => {
  let now = 0;
  await using simulator = await startYandexGptSimulator({ now: () => now, embeddingsPerSecond: 2 });
  const embed = (): Promise<Response> =>
    post(simulator, '/foundationModels/v1/textEmbedding', { modelUri: `emb://${exampleFolderId}/text-search-doc`, text: 'a' });
  expect([(await embed()).status, (await embed()).status]).toEqual([200, 200]);
  expect(await (await embed()).json()).toMatchObject({ code: 8, message: expect.stringContaining('RequestsPerSecond.rate') });
  now = 1500;
  expect((await embed()).status).toBe(200);
});

test('V14: an error line ends a stream that has begun', async () => {
  await using simulator = await startYandexGptSimulator();
  const found = await lines(await post(simulator, completionPath, question('[[long 5]] [[error 1]]')));
  expect(found).toMatchObject([{ result: {} }, { error: { grpcCode: 14, message: 'upstream unavailable' } }]);
});

test.each(['clean-eof', 'mid-frame', 'reset'] as const)('V15: %s is counted as broken, not as the client leaving', async (how) => {
  await using simulator = await startYandexGptSimulator();
  simulator.play({ kind: 'cut', pieces: ['Раз'], how });
  const response = await post(simulator, completionPath, question('?'));
  const body = await response.text().catch(() => 'reset');
  expect(body).toMatch({ 'clean-eof': /PARTIAL.*\}\n$/su, 'mid-frame': /[^\n]$/u, reset: /^reset$/u }[how]);
  expect(simulator.state).toMatchObject({ started: 1, completed: 0, cancelled: 0, broken: 1, openStreams: 0 });
});

test('a client that goes away is seen, counted and timed', async () => {
  await using simulator = await startYandexGptSimulator();
  simulator.play({ kind: 'stall', pieces: ['Раз'] });
  const leaving = new AbortController();
  const response = await post(simulator, completionPath, question('?'), { signal: leaving.signal });
  await response.body?.getReader().read();
  expect(simulator.openStreams).toBe(1);
  leaving.abort();
  await simulator.clientGone();
  expect(simulator.state).toMatchObject({ started: 1, completed: 0, cancelled: 1, broken: 0, openStreams: 0, holding: 0 });
  expect(simulator.state.clientGoneAt).toHaveLength(1);
});
