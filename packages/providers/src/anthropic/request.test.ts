import type { ChatRequest, ModelMessage } from '@multimodel/core';
import { expect, test } from 'vitest';
import { factsOf } from './catalog.ts';
import { toMessageRequest } from './message-request.ts';
import { openTestAccount, user } from './test-account.ts';

const haiku = 'claude-haiku-4-5';
const tools = [{ name: 'get_weather', parameters: { properties: {} } }];

/** The request as it leaves, and the parameters that were dropped or changed. */
function wire(request: Partial<ChatRequest>, model = haiku): { readonly body: Record<string, unknown>; readonly told: readonly unknown[] } {
  const { body, warnings } = toMessageRequest({ messages: [user('?')], ...request }, model, factsOf(model));
  return { body: JSON.parse(JSON.stringify(body)), told: warnings.map(({ parameter, code }) => `${parameter ?? ''} ${code}`) };
}

test('a plain question goes out with a limit, a version and the key in their headers', async () => {
  await using account = await openTestAccount();
  await account.ask({ messages: [{ role: 'system', parts: [{ type: 'text', text: 'Кратко.' }] }, user('Привет')] });
  const [request] = account.simulator.requests;
  expect(request?.headers).toMatchObject({ 'anthropic-version': '2023-06-01', 'x-api-key': expect.stringMatching(/^sk-ant/u) });
  expect(request?.headers['authorization']).toBeUndefined();
  expect(account.body()).toEqual({
    model: haiku,
    max_tokens: 64_000,
    stream: true,
    system: 'Кратко.',
    messages: [{ role: 'user', content: [{ type: 'text', text: 'Привет' }] }],
  });
});

test('turns of one role are joined, blank texts left out, ids of other vendors made fit', () => {
  const messages: readonly ModelMessage[] = [
    user('Раз'),
    {
      role: 'assistant',
      parts: [
        { type: 'text', text: ' ' },
        { type: 'tool-call', callId: 'call:1/a', name: 'f', arguments: {} },
      ],
    },
    { role: 'tool', parts: [{ type: 'tool-result', callId: 'call:1/a', name: 'f', content: 'ok' }] },
    user('Два'),
    { role: 'assistant', parts: [{ type: 'text', text: '' }] },
    user('Три'),
  ];
  expect(wire({ messages }).body['messages']).toEqual([
    { role: 'user', content: [{ type: 'text', text: 'Раз' }] },
    { role: 'assistant', content: [{ type: 'tool_use', id: 'call_1_a', name: 'f', input: {} }] },
    {
      role: 'user',
      content: [
        { type: 'tool_result', tool_use_id: 'call_1_a', content: 'ok' },
        { type: 'text', text: 'Два' },
        { type: 'text', text: 'Три' },
      ],
    },
  ]);
});

test('files go as what they are; what Claude cannot read is told', () => {
  const file = (mediaType: string, name: string, data = 'x') =>
    ({ type: 'file', mediaType, name, data: new TextEncoder().encode(data) }) as const;
  const parts = [
    file('image/png', 'a.png'),
    file('application/pdf', 'b.pdf'),
    file('text/csv', 'c.csv', 'а,б'),
    file('audio/mpeg', 'd.mp3'),
  ];
  const { body, told } = wire({ messages: [{ role: 'user', parts }] });
  expect(body['messages']).toEqual([
    {
      role: 'user',
      content: [
        { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'eA==' } },
        { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'eA==' }, title: 'b.pdf' },
        { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'а,б' }, title: 'c.csv' },
      ],
    },
  ]);
  expect(told).toEqual(['messages content_dropped']);
});

interface Case {
  readonly name: string;
  readonly request: Partial<ChatRequest>;
  readonly model?: string;
  readonly sends: Readonly<Record<string, unknown>>;
  readonly tells?: readonly string[];
}

const sampling: readonly Case[] = [
  { name: 'temperature', request: { temperature: 0.3 }, sends: { temperature: 0.3 } },
  { name: 'temperature above one', request: { temperature: 1.7 }, sends: { temperature: 1 }, tells: ['temperature parameter_changed'] },
  { name: 'both', request: { temperature: 0.3, topP: 0.9 }, sends: { temperature: 0.3 }, tells: ['topP parameter_dropped'] },
  { name: 'top-p alone', request: { topP: 0.9 }, sends: { top_p: 0.9 } },
  {
    name: 'both for a new model',
    request: { temperature: 0.3, topP: 0.9 },
    model: 'claude-sonnet-5',
    sends: {},
    tells: ['temperature parameter_dropped', 'topP parameter_dropped'],
  },
  {
    name: 'temperature for a model to come',
    request: { temperature: 0.3 },
    model: 'claude-opus-9',
    sends: {},
    tells: ['temperature parameter_dropped'],
  },
  {
    name: 'temperature while thinking',
    request: { temperature: 0.3, reasoningEffort: 'low' },
    sends: {},
    tells: ['temperature parameter_dropped'],
  },
  { name: 'seed', request: { seed: 1 }, sends: {}, tells: ['seed parameter_dropped'] },
  { name: 'stop', request: { stop: ['\n\n', 'СТОП'] }, sends: { stop_sequences: ['СТОП'] } },
];

test.each(sampling)('$name', ({ request, model, sends, tells = [] }) => {
  const sent = wire(request, model);
  const given = ['temperature', 'top_p', 'stop_sequences'].filter((name) => name in sent.body).map((name) => [name, sent.body[name]]);
  expect(Object.fromEntries(given)).toEqual(sends);
  expect(sent.told).toEqual(tells);
});

const shown = { type: 'adaptive', display: 'summarized' };
const efforts: readonly Case[] = [
  { name: haiku, request: { reasoningEffort: 'low' }, sends: { thinking: { type: 'enabled', budget_tokens: 2048 } } },
  { name: haiku, request: { reasoningEffort: 'off' }, sends: {} },
  { name: haiku, request: {}, sends: {} },
  { name: 'claude-sonnet-5', request: { reasoningEffort: 'high' }, sends: { thinking: shown, output_config: { effort: 'high' } } },
  { name: 'claude-sonnet-5', request: { reasoningEffort: 'off' }, sends: { thinking: { type: 'disabled' } } },
  { name: 'claude-sonnet-5', request: {}, sends: {} },
  { name: 'claude-sonnet-5-5', request: { reasoningEffort: 'off' }, sends: { thinking: { type: 'between_tools' } } },
  {
    name: 'claude-opus-5-5',
    request: { reasoningEffort: 'off' },
    sends: { thinking: shown, output_config: { effort: 'low' } },
    tells: ['reasoningEffort parameter_changed'],
  },
  { name: 'claude-opus-5-5', request: {}, sends: { thinking: shown } },
  { name: 'other-model', request: { reasoningEffort: 'high' }, sends: {}, tells: ['reasoningEffort parameter_dropped'] },
];

test.each(efforts)('$name, effort $request.reasoningEffort', ({ name: model, request, sends, tells = [] }) => {
  const sent = wire(request, model);
  const given = ['thinking', 'output_config'].filter((name) => name in sent.body).map((name) => [name, sent.body[name]]);
  expect(Object.fromEntries(given)).toEqual(sends);
  expect(sent.told).toEqual(tells);
});

test('thoughts come on top of the tokens that were asked for the answer, up to what the model has', () => {
  expect(wire({ maxOutputTokens: 100, reasoningEffort: 'low' }).body['max_tokens']).toBe(2148);
  expect(wire({ maxOutputTokens: 64_000, reasoningEffort: 'high' }).body['max_tokens']).toBe(64_000);
  expect(wire({ reasoningEffort: 'high' }).body['max_tokens']).toBe(64_000);
  expect(wire({ maxOutputTokens: 500_000 }).body['max_tokens']).toBe(64_000);
});

test('a budget is not asked for while a call waits for its result, whose signed thoughts are gone', () => {
  const messages: readonly ModelMessage[] = [
    user('?'),
    { role: 'assistant', parts: [{ type: 'tool-call', callId: 'a', name: 'f', arguments: {} }] },
    { role: 'tool', parts: [{ type: 'tool-result', callId: 'a', name: 'f', content: 'ok' }] },
  ];
  const sent = wire({ messages, reasoningEffort: 'high' });
  expect(sent.body['thinking']).toBeUndefined();
  expect(sent.told).toEqual(['reasoningEffort parameter_dropped']);
});

test.each<[string, Partial<ChatRequest>, unknown, readonly string[]]>([
  [haiku, {}, undefined, []],
  [haiku, { toolChoice: 'required' }, { type: 'any' }, []],
  [haiku, { toolChoice: { name: 'get_weather' } }, { type: 'tool', name: 'get_weather' }, []],
  [haiku, { toolChoice: 'none', parallelToolCalls: false }, { type: 'none' }, []],
  [haiku, { parallelToolCalls: false }, { type: 'auto', disable_parallel_tool_use: true }, []],
  ['claude-opus-5-5', { toolChoice: 'required' }, { type: 'auto' }, ['toolChoice parameter_changed']],
])('%s, tools %j', (model, request, choice, told) => {
  const sent = wire({ tools, ...request }, model);
  expect(sent.body['tools']).toEqual([{ name: 'get_weather', input_schema: { type: 'object', properties: {} } }]);
  expect(sent.body['tool_choice']).toEqual(choice);
  expect(sent.told).toEqual(told);
});

test('objects of a schema are closed, at any depth; a format without a schema is told', () => {
  const schema = { type: 'object', properties: { list: { type: 'array', items: { type: 'object', properties: {} } } } };
  const closed = { type: 'object', properties: {}, additionalProperties: false };
  expect(wire({ responseFormat: { type: 'json-schema', schema } }).body['output_config']).toEqual({
    format: {
      type: 'json_schema',
      schema: { type: 'object', properties: { list: { type: 'array', items: closed } }, additionalProperties: false },
    },
  });
  expect(wire({ responseFormat: { type: 'json' } })).toMatchObject({ told: ['responseFormat parameter_dropped'] });
});

test.each([haiku, 'claude-sonnet-5', 'claude-sonnet-5-5', 'claude-opus-5-5'])('%s takes every effort that it offers', async (id) => {
  await using account = await openTestAccount();
  const models = await account.provider.listModels({ signal: new AbortController().signal });
  const efforts = models.find((model) => model.id.startsWith(id))?.parameters.reasoningEffort ?? [];
  expect(efforts.length).toBeGreaterThanOrEqual(3);
  for (const reasoningEffort of efforts) {
    expect((await account.ask({ messages: [user('[[say Да]]')], reasoningEffort }, id)).text).toBe('Да');
  }
});
