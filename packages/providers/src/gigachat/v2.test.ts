import type { ChatRequest, ModelMessage, ToolDefinition } from '@multimodel/core';
import { expect, test } from 'vitest';
import {
  assistant,
  chatRequests,
  failureOf,
  newSignal,
  openTestAccount,
  rejection,
  system,
  type TestAccountOptions,
  user,
  userAsks,
} from './test-account.ts';

const options = () => ({ signal: newSignal() });
const open = (more: TestAccountOptions = {}) => openTestAccount({ ...more, settings: () => ({ protocol: 'v2', drawsPictures: false }) });
const parameters = { type: 'object', properties: { location: { type: 'string' } } } as const;
const tools: readonly ToolDefinition[] = [
  { name: 'weather', parameters },
  { name: 'время', description: 'Который час', parameters },
];
const calls = [
  { name: 'weather', arguments: { location: 'Тула' } },
  { name: '_____', arguments: { location: 'Омск' } },
];

test('V23: the answer, its counts and its end, which has no mark', async () => {
  await using account = await open();
  account.simulator.play({ kind: 'framed-answer', pieces: ['1, ', '2'], tokens: { inputTokens: 19, outputTokens: 8 }, lineEnd: '\r\n' });
  expect(await account.ask('Считай')).toMatchObject({
    text: '1, 2',
    reason: 'stop',
    usage: { inputTokens: 19, outputTokens: 8, cachedInputTokens: 0 },
    modelVersion: 'GigaChat-2:2.0.28.2',
  });
  expect(chatRequests(account.simulator)[0]?.path).toBe('/v2/chat/completions');
});

test('quirk 31: contents are lists of parts, options stand together, and nothing is sent that was not asked for', async () => {
  await using account = await open();
  const request: ChatRequest = {
    messages: [user('раз'), system('Кратко'), assistant('два'), user('три')],
    temperature: 0,
    maxOutputTokens: 50,
    reasoningEffort: 'off',
    responseFormat: { type: 'json' },
  };
  await account.ask(request, 'GigaChat-3-Ultra');
  await account.ask('?');
  expect(account.questions()).toEqual([
    {
      model: 'GigaChat-3-Ultra',
      messages: [
        { role: 'system', content: [{ text: 'Кратко' }] },
        { role: 'user', content: [{ text: 'раз' }] },
        { role: 'assistant', content: [{ text: 'два' }] },
        { role: 'user', content: [{ text: 'три' }] },
      ],
      stream: true,
      model_options: {
        top_p: 0,
        max_tokens: 50,
        response_format: { type: 'json_schema', schema: { type: 'object', properties: {} } },
        reasoning: { effort: 'off' },
      },
    },
    { model: 'GigaChat-2', messages: [{ role: 'user', content: [{ text: '?' }] }], stream: true },
  ]);
});

test.each([{ hasCallIds: true, createdAtAsText: false }, { hasCallIds: false, createdAtAsText: true }, { argumentsAsText: true }])(
  'V23, quirk 30: several calls at a time, their results, and the state that ties them, with %o',
  async (quirks) => {
    await using account = await open({ quirks });
    account.simulator.play({ kind: 'tool-calls', calls });
    const first = await account.ask({ ...userAsks('Погода?'), tools });
    expect(first.toolCalls.map(({ name, arguments: args }) => [name, args])).toEqual([
      ['weather', { location: 'Тула' }],
      ['время', { location: 'Омск' }],
    ]);
    const asked: ModelMessage = { role: 'assistant', parts: first.toolCalls.map((call) => ({ type: 'tool-call', ...call })) };
    const results: ModelMessage = {
      role: 'tool',
      parts: first.toolCalls.map(({ callId, name }) => ({ type: 'tool-result', callId, name, content: '12 градусов' })),
    };
    expect(await account.ask({ messages: [user('Погода?'), asked, results], tools })).toMatchObject({ reason: 'stop' });
    const messages = JSON.parse(JSON.stringify(account.questions()[1]?.['messages']));
    expect(messages[1]).toMatchObject({ role: 'assistant', tool_state_id: expect.stringMatching(/./u) });
    expect(messages[1].content.map(({ function_call: call }: { function_call: { id?: string } }) => call.id !== undefined)).toEqual(
      calls.map(() => quirks.hasCallIds !== false),
    );
    expect(messages[2]).toEqual({
      role: 'tool',
      content: ['weather', '_____'].map((name) => ({ function_result: { name, result: '{"result":"12 градусов"}' } })),
    });
  },
);

test.each(['tool', 'function'] as const)(
  'the role of a result is %s where the vendor wants that, and it is asked for once only',
  async (role) => {
    await using account = await open({ quirks: { toolResultRole: role } });
    const call: ModelMessage = { role: 'assistant', parts: [{ type: 'tool-call', callId: 'a', name: 'weather', arguments: {} }] };
    const result: ModelMessage = { role: 'tool', parts: [{ type: 'tool-result', callId: 'a', name: 'weather', content: '{}' }] };
    const request: ChatRequest = { messages: [user('?'), call, result], tools };
    expect(await account.ask(request)).toMatchObject({ reason: 'stop' });
    expect(account.questions()).toHaveLength(role === 'tool' ? 1 : 2);
    await account.ask(request);
    expect(account.questions()).toHaveLength(role === 'tool' ? 2 : 3);
  },
);

test.each([
  [undefined, { mode: 'auto' }],
  ['required' as const, { mode: 'forced', function_name: 'weather' }],
  [{ name: 'weather' }, { mode: 'forced', function_name: 'weather' }],
])('tool choice %o is %o', async (toolChoice, sent) => {
  await using account = await open();
  await account.ask({ ...userAsks('?'), tools: tools.slice(0, 1), toolChoice });
  expect(account.questions()[0]).toMatchObject({
    tool_config: sent,
    tools: [{ functions: { specifications: [{ name: 'weather', description: 'weather', parameters }] } }],
  });
});

test('no tool may be used: none is named', async () => {
  await using account = await open();
  await account.ask({ ...userAsks('?'), tools, toolChoice: 'none' });
  expect(Object.keys(account.questions()[0] ?? {})).toEqual(['model', 'messages', 'stream']);
});

test.each(['blacklist', 'request_blacklist', 'request_filter', 'response_blacklist'])('%s is a filtered answer', async (finishReason) => {
  await using account = await open();
  account.simulator.play({ kind: 'ending', pieces: ['Не могу'], finishReason });
  expect(await account.ask('?')).toMatchObject({ text: 'Не могу', reason: 'content_filter' });
});

test('V14: a question that is not let through', async () => {
  await using account = await open();
  expect(await account.ask('Это запретная тема?')).toMatchObject({ reason: 'content_filter' });
});

test('V15: an answer that ends with an error is one; a call that was written wrong is said as such', async () => {
  await using account = await open();
  account.simulator.play({ kind: 'stream-error', pieces: ['Раз'] });
  expect(await failureOf(account.model().stream(userAsks('?'), options()))).toMatchObject({ text: 'Раз', error: { code: 'overloaded' } });
  account.simulator.play({ kind: 'ending', pieces: ['Раз'], finishReason: 'function_call_error' });
  const { error } = await failureOf(account.model().stream(userAsks('?'), options()));
  expect(error).toMatchObject({ code: 'protocol', details: { fault: 'badCall' } });
});

test('a closing event that repeats the text does not double it; a text that comes only there is shown', async () => {
  await using account = await open();
  const event = (name: string, data: object): string => `event: response.message.${name}\ndata: ${JSON.stringify(data)}\n\n`;
  const said = { messages: [{ role: 'assistant', content: [{ text: 'Да' }] }] };
  account.simulator.play({ kind: 'raw', body: event('delta', said) + event('done', { ...said, finish_reason: 'stop' }) });
  expect((await account.ask('?')).text).toBe('Да');
  account.simulator.play({ kind: 'raw', body: event('done', { ...said, finish_reason: 'stop' }) });
  expect((await account.ask('?')).text).toBe('Да');
});

test('progress of the vendor’s own tools is no text', async () => {
  await using account = await open();
  const progress = { messages: [{ role: 'assistant', content: [{ tool_execution: { name: 'image_generate', seconds_left: 5 } }] }] };
  const body = `event: response.tool.in_progress\ndata: ${JSON.stringify(progress)}\n\ndata: {"finish_reason":"stop"}\n\n`;
  account.simulator.play({ kind: 'raw', body });
  expect(await account.ask('?')).toMatchObject({ text: '', reason: 'stop' });
});

test('a request that the vendor cannot read is an error with what to do', async () => {
  await using account = await open();
  account.simulator.play({ kind: 'error', status: 400, message: 'Your request contains invalid JSON syntax.' });
  expect(await rejection(account.ask('?'))).toMatchObject({ code: 'invalid_request', details: { fault: 'requestRefused' } });
  expect(account.questions()).toHaveLength(1);
});

test('the former host has the second version under its own path', async () => {
  await using account = await open();
  const former = account.open({ baseUrl: account.simulator.legacyBaseUrl });
  for await (const event of former.chatModel('GigaChat-2').stream(userAsks('?'), options())) expect(event.type).not.toBe('warning');
  expect(chatRequests(account.simulator)[0]?.path).toBe('/legacy/api/v2/chat/completions');
});
