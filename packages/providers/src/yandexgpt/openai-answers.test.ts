import type { ChatRequest, StreamEvent } from '@multimodel/core';
import { exampleFolderId } from '@multimodel/simulators';
import { expect, test } from 'vitest';
import { newSignal, openTestAccount, type TestAccount, user, userAsks } from './test-account.ts';

/** Own models of the vendor answer in dialect A, open-weight ones in dialect B. */
const familyB = 'qwen3.6-35b-a3b';
const ownModel = { id: 'yandex-new', owner: 'Yandex', scheme: 'gpt', isNative: true, contextWindow: 32_768 } as const;

const openBoth = (): Promise<TestAccount> => openTestAccount({ models: [ownModel] });

async function eventsOf(account: TestAccount, model: string, request: ChatRequest = userAsks('?')): Promise<readonly StreamEvent[]> {
  const events: StreamEvent[] = [];
  for await (const event of account.model(model).stream(request, { signal: newSignal() })) events.push(event);
  return events;
}

test.each([ownModel.id, familyB])('%s goes to the OpenAI-compatible host under its whole URI', async (model) => {
  await using account = await openBoth();
  await account.ask('Привет', model);
  const request = account.simulator.requests.at(-1);
  expect(request?.path).toBe('/v1/chat/completions');
  expect(request?.headers).toMatchObject({ 'x-data-logging-enabled': 'false' });
  expect(JSON.parse(request?.body ?? '')).toEqual({
    model: `gpt://${exampleFolderId}/${model}`,
    messages: [{ role: 'user', content: 'Привет' }],
    stream: true,
  });
});

test('V18: dialect A has no usage in its stream, and that is no fault', async () => {
  await using account = await openBoth();
  account.simulator.play({ kind: 'answer', pieces: ['The', ' result.'] });
  expect(await eventsOf(account, ownModel.id)).toEqual([
    { type: 'text-delta', text: 'The' },
    { type: 'text-delta', text: ' result.' },
    { type: 'finish', reason: 'stop', usage: undefined },
  ]);
});

test('V19: dialect B has reasoning, empty deltas, and usage in a chunk without choices', async () => {
  await using account = await openBoth();
  const tokens = { inputTokens: 5, outputTokens: 9, reasoningTokens: 4 };
  account.simulator.play({ kind: 'reasoning', thoughts: ['Хм. ', 'Да.'], pieces: ['A', ' B'], tokens });
  expect(await eventsOf(account, familyB)).toEqual([
    { type: 'reasoning-delta', text: 'Хм. ' },
    { type: 'reasoning-delta', text: 'Да.' },
    { type: 'text-delta', text: 'A' },
    { type: 'text-delta', text: ' B' },
    { type: 'finish', reason: 'stop', usage: { ...tokens, cachedInputTokens: undefined } },
  ]);
});

const calls = [
  { name: 'calc', arguments: { e: '7*6' } },
  { name: 'calc', arguments: { e: '6*9' } },
];
const tools = [{ name: 'calc', parameters: { type: 'object', properties: { e: { type: 'string' } } } }];

test.each([ownModel.id, familyB])('V18, V19: %s: calls arrive whole, with ids that are not shared', async (model) => {
  await using account = await openBoth();
  account.simulator.play({ kind: 'tool-calls', calls });
  const answer = await account.ask({ messages: [user('?')], tools }, model);
  expect(answer.reason).toBe('tool_calls');
  expect(answer.toolCalls.map(({ name, arguments: args }) => ({ name, arguments: args }))).toEqual(calls);
  expect(new Set(answer.toolCalls.map(({ callId }) => callId)).size).toBe(2);
});

test.each([ownModel.id, familyB])('%s: results go back under the ids of the vendor', async (model) => {
  await using account = await openBoth();
  account.simulator.play({ kind: 'tool-calls', calls });
  const first = await account.ask({ messages: [user('?')], tools }, model);
  const messages: ChatRequest['messages'] = [
    user('?'),
    { role: 'assistant', parts: first.toolCalls.map((call) => ({ type: 'tool-call', ...call })) },
    { role: 'tool', parts: first.toolCalls.map(({ callId, name }) => ({ type: 'tool-result', callId, name, content: '42' })) },
  ];
  const second = await account.ask({ messages, tools }, model);
  expect(second.text).toContain('`calc`: 42');
  const ids = first.toolCalls.map(({ callId }) => (model === familyB ? callId : 'calc'));
  expect(JSON.parse(account.simulator.requests.at(-1)?.body ?? '')).toMatchObject({
    messages: [
      { role: 'user' },
      {
        role: 'assistant',
        tool_calls: ids.map((id, index) => ({ id, type: 'function', function: { arguments: JSON.stringify(calls[index]?.arguments) } })),
      },
      ...ids.map((id) => ({ role: 'tool', tool_call_id: id, content: '42' })),
    ],
  });
});

test.each([ownModel.id, familyB])('V23: %s: a refusal takes the place of what was said', async (model) => {
  await using account = await openBoth();
  account.simulator.play({ kind: 'filter', pieces: ['Начну рассказ о'], refusal: 'Не могу.' });
  const answer = await account.ask('?', model);
  expect(answer).toMatchObject({ text: 'Не могу.', reason: 'content_filter' });
});

test.each([ownModel.id, familyB])('%s: a limit of tokens ends with length', async (model) => {
  await using account = await openBoth();
  expect(await account.ask({ ...userAsks('[[long 50]]'), maxOutputTokens: 5 }, model)).toMatchObject({
    reason: 'length',
    text: '1 2 3 4 5',
  });
});

test('images go to the models that see, and are left out with a warning elsewhere', async () => {
  await using account = await openBoth();
  const picture = { type: 'file', mediaType: 'image/png', name: 'кот.png', data: new Uint8Array([1, 2, 3]) } as const;
  const request: ChatRequest = { messages: [{ role: 'user', parts: [{ type: 'text', text: 'Кто это?' }, picture] }] };
  await account.ask(request, familyB);
  const content = [
    { type: 'text', text: 'Кто это?' },
    { type: 'image_url', image_url: { url: 'data:image/png;base64,AQID' } },
  ];
  expect(JSON.parse(account.simulator.requests.at(-1)?.body ?? '')).toMatchObject({ messages: [{ role: 'user', content }] });
  const { warnings } = await account.ask(request, 'gpt-oss-20b');
  expect(warnings).toMatchObject([{ code: 'content_dropped' }]);
});

test('parameters are spelled as the vendor wants them; what it lacks is named', async () => {
  await using account = await openBoth();
  const { warnings } = await account.ask(
    {
      messages: [user('?')],
      temperature: 1.5,
      topP: 0.5,
      stop: ['x'],
      seed: 7,
      maxOutputTokens: 100,
      reasoningEffort: 'low',
      responseFormat: { type: 'json-schema', schema: { type: 'object' } },
      tools,
      toolChoice: { name: 'calc' },
      parallelToolCalls: false,
    },
    familyB,
  );
  expect(JSON.parse(account.simulator.requests.at(-1)?.body ?? '')).toEqual({
    model: `gpt://${exampleFolderId}/${familyB}`,
    messages: [{ role: 'user', content: '?' }],
    stream: true,
    temperature: 1,
    max_tokens: 100,
    reasoning_effort: 'low',
    response_format: { type: 'json_schema', json_schema: { name: 'answer', schema: { type: 'object' } } },
    tools: [{ type: 'function', function: tools[0] }],
    tool_choice: { type: 'function', function: { name: 'calc' } },
    parallel_tool_calls: false,
  });
  expect(warnings.map(({ parameter }) => parameter).toSorted()).toEqual(['seed', 'stop', 'temperature', 'topP']);
});

test('a model that sees says which pictures it takes, and gets them as Base64; others say nothing', async () => {
  await using account = await openBoth();
  const models = await account.provider.listModels({ signal: newSignal() });
  const filesOf = (id: string) => models.find((model) => model.id === id)?.files?.accepts.map(({ kind }) => kind);
  expect([filesOf(familyB), filesOf('yandexgpt-5.1')]).toEqual([['image'], undefined]);
  const picture = { type: 'file', mediaType: 'image/png', name: 'dot.png', data: new Uint8Array([1, 2, 3]) } as const;
  await eventsOf(account, familyB, { messages: [{ role: 'user', parts: [{ type: 'text', text: 'Что это?' }, picture] }] });
  expect(JSON.parse(account.simulator.requests.at(-1)?.body ?? '').messages[0].content).toEqual([
    { type: 'text', text: 'Что это?' },
    { type: 'image_url', image_url: { url: 'data:image/png;base64,AQID' } },
  ]);
});
