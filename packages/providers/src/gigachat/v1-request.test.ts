import type { ChatRequest, ModelMessage, ToolDefinition } from '@multimodel/core';
import { expect, test } from 'vitest';
import { CallMemory } from './call-memory.ts';
import { assistant, openTestAccount, system, user, userAsks } from './test-account.ts';
import { type EncodingFacts, toV1Request } from './v1-request.ts';

const facts: EncodingFacts = {
  model: 'GigaChat-2',
  hasReasoning: undefined,
  draws: false,
  fileIds: new Map(),
  calls: new CallMemory(),
  returnsState: true,
  resultRole: 'tool',
};

const bodyOf = (request: ChatRequest, own: Partial<EncodingFacts> = {}) => {
  const { body, warnings } = toV1Request(request, { ...facts, ...own });
  return { body: JSON.parse(JSON.stringify(body)), warnings };
};

const called = (callId: string, name: string): ModelMessage => ({
  role: 'assistant',
  parts: [{ type: 'tool-call', callId, name, arguments: { city: 'Тула' } }],
});
const resulted = (callId: string, name: string, content: string): ModelMessage => ({
  role: 'tool',
  parts: [{ type: 'tool-result', callId, name, content }],
});
const weather: ToolDefinition = { name: 'weather', description: 'Погода', parameters: { type: 'object', properties: {} } };
const time: ToolDefinition = { name: 'time', parameters: { type: 'object' } };

test('quirk 7: instructions become one, in front', () => {
  const { body } = bodyOf({ messages: [user('раз'), system('Кратко'), assistant('два'), system('По-русски'), user('три')] });
  expect(body.messages).toEqual([
    { role: 'system', content: 'Кратко\n\nПо-русски' },
    { role: 'user', content: 'раз' },
    { role: 'assistant', content: 'два' },
    { role: 'user', content: 'три' },
  ]);
});

test.each([
  [{ temperature: 0 }, { top_p: 0 }, 0],
  [{ temperature: 0, topP: 0.5 }, { top_p: 0 }, 0],
  [{ temperature: 0.7, topP: 0.5 }, { temperature: 0.7, top_p: 0.5 }, 0],
  [{ temperature: 3 }, { temperature: 2 }, 1],
  [{ topP: 2 }, { top_p: 1 }, 1],
  [{ maxOutputTokens: 10 }, { max_tokens: 10 }, 0],
  [{ reasoningEffort: 'high' as const }, { reasoning_effort: 'high' }, 0],
  [{ reasoningEffort: 'off' as const }, {}, 0],
] as const)('quirk 8: %o is sent as %o', (given, sent, warnings) => {
  const { body, warnings: told } = bodyOf({ ...userAsks('?'), ...given });
  expect(body).toEqual({ model: 'GigaChat-2', messages: [{ role: 'user', content: '?' }], stream: true, ...sent });
  expect(told).toHaveLength(warnings);
});

test('quirk 9: what the API lacks is left out and said', () => {
  const { body, warnings } = bodyOf({ ...userAsks('?'), stop: ['x'], seed: 1, reasoningEffort: 'low' }, { hasReasoning: false });
  expect(Object.keys(body)).toEqual(['model', 'messages', 'stream']);
  expect(warnings.map(({ code, parameter }) => [code, parameter])).toEqual([
    ['parameter_dropped', 'stop'],
    ['parameter_dropped', 'seed'],
    ['parameter_dropped', 'reasoningEffort'],
  ]);
});

test('a schema of the answer is sent bare, strict where it requires something; plain JSON is a schema that requires nothing', () => {
  const schema = { type: 'object', properties: { a: { type: 'integer' } }, required: ['a'], additionalProperties: false } as const;
  expect(bodyOf({ ...userAsks('?'), responseFormat: { type: 'json-schema', schema } }).body.response_format).toEqual({
    type: 'json_schema',
    schema: { type: 'object', properties: { a: { type: 'integer' } }, required: ['a'] },
    strict: true,
  });
  const empty = { type: 'json_schema', schema: { type: 'object', properties: {} } };
  expect(bodyOf({ ...userAsks('?'), responseFormat: { type: 'json' } }).body.response_format).toEqual(empty);
});

test('quirk 13, 14, 15: a call has an empty text and an object, its result is JSON', () => {
  const results = [
    ['{"t":12}', '{"t":12}'],
    ['12 градусов', '{"result":"12 градусов"}'],
    ['[1]', '{"result":[1]}'],
    ['"да"', '{"result":"да"}'],
    ['', '{"result":""}'],
  ] as const;
  for (const [content, sent] of results) {
    const { body } = bodyOf({ messages: [user('?'), called('a', 'weather'), resulted('a', 'weather', content)], tools: [weather] });
    expect(body.messages.slice(1)).toEqual([
      { role: 'assistant', content: '', function_call: { name: 'weather', arguments: { city: 'Тула' } } },
      { role: 'function', name: 'weather', content: sent },
    ]);
  }
});

test('quirk 16: calls at the same time go one after the other, each with its own result', () => {
  const both: ModelMessage = {
    role: 'assistant',
    parts: [...assistant('Смотрю').parts, ...called('a', 'weather').parts, ...called('b', 'time').parts],
  };
  const { body } = bodyOf({ messages: [user('?'), both, resulted('b', 'time', '{"h":1}'), resulted('a', 'weather', '{"t":2}')] });
  expect(
    body.messages
      .slice(1)
      .map(({ role, name, content, function_call: call }: Record<string, never>) => [role, name ?? call?.['name'], content]),
  ).toEqual([
    ['assistant', 'weather', 'Смотрю'],
    ['function', 'weather', '{"t":2}'],
    ['assistant', 'time', ''],
    ['function', 'time', '{"h":1}'],
  ]);
});

test('a call without a result and a result without a call are left out and said: the vendor would refuse all of it', () => {
  const { body, warnings } = bodyOf({
    messages: [user('?'), called('a', 'weather'), user('ещё?'), assistant('Нет'), resulted('b', 'time', '1')],
  });
  expect(body.messages.map(({ role }: { role: string }) => role)).toEqual(['user', 'user', 'assistant']);
  expect(warnings.map(({ code }) => code)).toEqual(['content_dropped', 'content_dropped']);
});

test('the vendor gets its state back with calls of the answer that is being made, and with no other', () => {
  const calls = new CallMemory();
  calls.remember('a', { stateId: 'state-a' });
  calls.remember('b', { stateId: 'state-b' });
  const messages = [
    user('?'),
    called('a', 'weather'),
    resulted('a', 'weather', '{}'),
    assistant('12'),
    user('?'),
    called('b', 'time'),
    resulted('b', 'time', '{}'),
  ];
  const states = (own: Partial<EncodingFacts>) =>
    bodyOf({ messages }, { calls, ...own }).body.messages.map(({ functions_state_id: id }: { functions_state_id?: string }) => id);
  expect(states({}).filter((id: unknown) => id !== undefined)).toEqual(['state-b']);
  expect(states({ returnsState: false }).filter((id: unknown) => id !== undefined)).toEqual([]);
});

test.each([
  [undefined, 'auto'],
  ['auto' as const, 'auto'],
  ['required' as const, { name: 'weather' }],
  [{ name: 'weather' }, { name: 'weather' }],
])('tool choice %o is %o', (toolChoice, sent) => {
  const { body, warnings } = bodyOf({ ...userAsks('?'), tools: [weather], toolChoice });
  expect(body.function_call).toEqual(sent);
  expect(body.functions).toEqual([{ name: 'weather', description: 'Погода', parameters: { type: 'object', properties: {} } }]);
  expect(warnings).toEqual([]);
});

test('one of several functions cannot be demanded: that is said; none at all is said to the vendor', () => {
  const several = bodyOf({ ...userAsks('?'), tools: [weather, time], toolChoice: 'required' });
  expect([several.body.function_call, several.warnings[0]?.parameter]).toEqual(['auto', 'toolChoice']);
  const none = bodyOf({ ...userAsks('?'), tools: [weather], toolChoice: 'none' }, { draws: true });
  expect([none.body.function_call, none.body.functions]).toEqual(['none', undefined]);
});

test('quirk 18: the vendor draws by itself without functions, and beside functions when it is named', () => {
  expect(bodyOf(userAsks('?'), { draws: true }).body).toMatchObject({ function_call: 'auto' });
  expect(bodyOf({ ...userAsks('?'), tools: [time] }, { draws: true }).body.functions).toEqual([
    { name: 'time', description: 'time', parameters: { type: 'object', properties: {} } },
    { name: 'text2image' },
  ]);
  expect(Object.keys(bodyOf(userAsks('?')).body)).not.toContain('function_call');
});

test('quirk 32: names that the vendor refuses or takes for its own are changed, and changed back', () => {
  const parameters = { type: 'object', properties: {} };
  const tools = ['погода', '2gis', 'web_search', 'text2image', 'а б', 'ok.name-1'].map((name) => ({ name, parameters }));
  const { body, names } = toV1Request({ ...userAsks('?'), tools }, facts);
  const wire: readonly string[] = JSON.parse(JSON.stringify(body)).functions.map(({ name }: { name: string }) => name);
  expect(new Set(wire).size).toBe(tools.length);
  for (const name of wire) expect(name).toMatch(/^[A-Za-z_][\w.-]*$/u);
  expect(wire).not.toContain('web_search');
  expect(wire.map((name) => names.fromWire(name))).toEqual(tools.map(({ name }) => name));
});

test('quirk 34: Cyrillic is sent as it is, not escaped', async () => {
  await using account = await openTestAccount();
  await account.ask('Привет');
  expect(account.simulator.requests.at(-1)?.body).toContain('Привет');
});

test('a conversation with another model that called twice at a time goes on here', async () => {
  await using account = await openTestAccount();
  const both: ModelMessage = { role: 'assistant', parts: [...called('a', 'погода').parts, ...called('b', 'time').parts] };
  const results: ModelMessage = {
    role: 'tool',
    parts: [...resulted('a', 'погода', '12 градусов').parts, ...resulted('b', 'time', '1').parts],
  };
  const tools = [{ ...weather, name: 'погода' }, time];
  expect(await account.ask({ messages: [user('?'), both, results], tools })).toMatchObject({ reason: 'stop' });
});
