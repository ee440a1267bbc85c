import type { ChatRequest, StreamEvent } from '@multimodel/core';
import { expect, test } from 'vitest';
import { type PresetId, presetIds } from './presets.ts';
import { newSignal, openTestAccount, user, userAsks } from './test-account.ts';

const tokens = { inputTokens: 5, outputTokens: 9, reasoningTokens: 4 };
const dialects = [
  'openai',
  'deepseek',
  'mistral',
  'groq',
  'openrouter',
  'xai',
  'together',
  'fireworks',
  'qwen',
  'moonshot',
  'perplexity',
  'cloud-ru',
  'vllm',
  'ollama',
  'lm-studio',
  'llama-cpp',
] as const;

test('every preset has a server to be tried on', () => {
  expect([...dialects, 'custom'].toSorted()).toEqual(presetIds.toSorted());
});

test.each(dialects)('%s: thoughts, text and counts are told apart, wherever they stand', async (dialect) => {
  await using account = await openTestAccount({ dialect });
  account.simulator.play({ kind: 'reasoning', thoughts: ['Хм. ', 'Да.'], pieces: ['A', ' B'], tokens });
  const answer = await account.ask('?');
  expect(answer).toMatchObject({ text: 'A B', reason: 'stop', usage: tokens });
  expect(answer.reasoning.trim()).toBe('Хм. Да.');
});

test('no counts at all are no fault: they are left to be estimated', async () => {
  await using account = await openTestAccount({ quirks: { usage: 'none' } });
  const answer = await account.ask('[[say a b]]');
  expect(answer).toMatchObject({ text: 'a b', reason: 'stop' });
  expect(answer.usage).toBeUndefined();
});

const calls = [
  { name: 'calc', arguments: { e: '7*6' } },
  { name: 'calc', arguments: { e: '6*9' } },
];
const tools = [{ name: 'calc', parameters: { type: 'object', properties: { e: { type: 'string' } } } }];

test.each(dialects.filter((dialect) => dialect !== 'perplexity'))(
  '%s: calls arrive whole, and their results are understood',
  async (dialect) => {
    await using account = await openTestAccount({ dialect });
    account.simulator.play({ kind: 'tool-calls', calls });
    const first = await account.ask({ messages: [user('?')], tools });
    expect(first.reason).toBe('tool_calls');
    expect(first.toolCalls.map(({ name, arguments: args }) => ({ name, arguments: args }))).toEqual(calls);
    expect(new Set(first.toolCalls.map(({ callId }) => callId)).size).toBe(2);
    const second = await account.ask(withResults(first.toolCalls));
    expect(second.text).toContain('`calc`: 42');
  },
);

function withResults(toolCalls: readonly { callId: string; name: string; arguments: object }[]): ChatRequest {
  return {
    messages: [
      user('?'),
      { role: 'assistant', parts: toolCalls.map(({ callId, name }) => ({ type: 'tool-call', callId, name, arguments: { e: '1' } })) },
      { role: 'tool', parts: toolCalls.map(({ callId, name }) => ({ type: 'tool-result', callId, name, content: '42' })) },
    ],
    tools,
  };
}

test.each(['mistral', 'openai'] as const)('%s: ids of another vendor in the conversation are made to fit', async (dialect) => {
  await using account = await openTestAccount({ dialect });
  const foreign = ['chatcmpl-tool-0123456789abcdef0123456789abcdef', 'fn_another'].map((callId) => ({
    callId,
    name: 'calc',
    arguments: {},
  }));
  expect((await account.ask(withResults(foreign))).text).toContain('`calc`: 42');
  const ids = JSON.stringify(account.sent()).match(/(?<="tool_call_id":")[^"]+/gu);
  expect(new Set(ids).size).toBe(2);
  for (const id of ids ?? []) expect(id).toMatch(dialect === 'mistral' ? /^[a-z0-9]{9}$/u : /^.{1,40}$/u);
});

test('what a vendor lacks is left out and named', async () => {
  await using account = await openTestAccount({ dialect: 'perplexity' });
  const request = { messages: [user('?')], tools, stop: ['x'], seed: 7, temperature: 2, parallelToolCalls: false } as const;
  const { warnings } = await account.ask(request);
  expect(warnings.map(({ parameter }) => parameter).toSorted()).toEqual(['seed', 'stop', 'temperature', 'tools']);
  expect(account.sent()).toEqual({ model: 'sim-large', messages: [{ role: 'user', content: '?' }], stream: true, temperature: 1.99 });
});

test.each([
  ['openai', { max_completion_tokens: 9, seed: 7, stream_options: { include_usage: true } }],
  ['mistral', { max_tokens: 9, random_seed: 7 }],
  ['qwen', { max_tokens: 9, seed: 7, stream_options: { include_usage: true } }],
] as const)('%s: parameters are spelled its way', async (dialect, members) => {
  await using account = await openTestAccount({ dialect });
  await account.ask({ ...userAsks('?'), maxOutputTokens: 9, seed: 7, topP: 0.5, stop: ['x'] });
  expect(account.sent()).toEqual({
    model: 'sim-large',
    messages: [{ role: 'user', content: '?' }],
    stream: true,
    top_p: 0.5,
    stop: ['x'],
    ...members,
  });
});

test.each<[PresetId, 'off' | 'low', object | undefined]>([
  ['openai', 'low', { reasoning_effort: 'low' }],
  ['openai', 'off', undefined],
  ['deepseek', 'off', { thinking: { type: 'disabled' } }],
  ['qwen', 'low', { enable_thinking: true }],
  ['openrouter', 'off', { reasoning: { enabled: false } }],
  ['ollama', 'off', { reasoning_effort: 'none' }],
  ['vllm', 'off', { chat_template_kwargs: { enable_thinking: false } }],
  ['mistral', 'low', undefined],
])('%s: effort %s is told its way, or named as dropped', async (preset, reasoningEffort, members) => {
  await using account = await openTestAccount({ settings: { preset } });
  const { warnings } = await account.ask({ ...userAsks('?'), reasoningEffort });
  if (members) expect(account.sent()).toMatchObject(members);
  expect(warnings.some(({ parameter }) => parameter === 'reasoningEffort')).toBe(members === undefined);
});

const schema = { type: 'object', properties: { city: { type: 'string' } } } as const;

test('a schema is sent where it is understood, and is a wish for JSON elsewhere', async () => {
  const request: ChatRequest = { ...userAsks('JSON?'), responseFormat: { type: 'json-schema', name: 'place', schema } };
  await using strict = await openTestAccount();
  expect(JSON.parse((await strict.ask(request)).text)).toEqual({ city: 'Казань' });
  expect(strict.sent()).toMatchObject({ response_format: { type: 'json_schema', json_schema: { name: 'place', schema } } });
  await using loose = await openTestAccount({ dialect: 'deepseek' });
  expect((await loose.ask(request)).warnings).toMatchObject([{ code: 'parameter_changed', parameter: 'responseFormat' }]);
  expect(loose.sent()).toMatchObject({ response_format: { type: 'json_object' } });
});

const picture = { type: 'file', mediaType: 'image/png', name: 'кот.png', data: new Uint8Array([1, 2, 3]) } as const;
const withPicture: ChatRequest = { messages: [{ role: 'user', parts: [{ type: 'text', text: 'Кто это?' }, picture] }] };

test('images go as data URLs to the models that see', async () => {
  await using account = await openTestAccount({ dialect: 'openrouter' });
  await account.provider.listModels({ signal: newSignal() });
  expect((await account.ask(withPicture)).warnings).toEqual([]);
  const content = [
    { type: 'text', text: 'Кто это?' },
    { type: 'image_url', image_url: { url: 'data:image/png;base64,AQID' } },
  ];
  expect(account.sent()).toMatchObject({ messages: [{ role: 'user', content }] });
  expect((await account.ask(withPicture, 'sim-small')).warnings).toMatchObject([{ code: 'content_dropped' }]);
});

test('two questions in a row are one where templates want turns, and an instruction comes first', async () => {
  const messages: ChatRequest['messages'] = [
    user('Раз'),
    { role: 'assistant', parts: [{ type: 'text', text: '' }] },
    { role: 'system', parts: [{ type: 'text', text: 'Кратко' }] },
    user('Два'),
  ];
  await using strict = await openTestAccount({ dialect: 'vllm' });
  await strict.ask({ messages });
  expect(strict.sent()).toMatchObject({
    messages: [
      { role: 'system', content: 'Кратко' },
      { role: 'user', content: 'Раз\n\nДва' },
    ],
  });
  await using free = await openTestAccount();
  await free.ask({ messages });
  expect(free.sent()).toMatchObject({ messages: [{ role: 'system' }, { content: 'Раз' }, { content: 'Два' }] });
});

test('OpenRouter says which model answered', async () => {
  await using account = await openTestAccount({ dialect: 'openrouter' });
  expect((await account.ask('?')).modelVersion).toBe('sim-large');
});

test.each([
  ['cut before its end', 'data: {"choices":[{"delta":{"content":"A"}}]}\n\n', 'protocol'],
  ['ended by a marker and no reason', 'data: {"choices":[{"delta":{"content":"A"}}]}\n\ndata: [DONE]\n\n', 'protocol'],
  ['ended with a reason and no marker', 'data: {"choices":[{"delta":{"content":"A"},"finish_reason":"stop"}]}\n\n', undefined],
  ['without its last line end', 'data: {"choices":[{"delta":{"content":"A"},"finish_reason":"stop"}]}', undefined],
  [
    'with comments and named events',
    ': ping\n\nevent: x\ndata: {"choices":[{"delta":{"content":"A"},"finish_reason":"stop"}]}\n\n',
    undefined,
  ],
  ['whole, although a stream was asked for', '{"choices":[{"message":{"content":"A"},"finish_reason":"stop"}]}', undefined],
] as const)('an answer %s', async (_how, body, code) => {
  await using account = await openTestAccount();
  const contentType = body.startsWith('{') ? 'application/json' : 'text/event-stream';
  account.simulator.play({ kind: 'http', status: 200, body, contentType });
  const events: StreamEvent[] = [];
  const read = async (): Promise<string | undefined> => {
    try {
      for await (const event of account.model().stream(userAsks('?'), { signal: newSignal() })) events.push(event);
      return undefined;
    } catch (error) {
      return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    }
  };
  expect(await read()).toBe(code);
  expect(events[0]).toEqual({ type: 'text-delta', text: 'A' });
  expect(events.some(({ type }) => type === 'finish')).toBe(code === undefined);
});

test('a local server may take ten minutes to load; one that is paid may not', async () => {
  const waits = async (dialect: 'ollama' | 'openai', ms: number): Promise<boolean> => {
    await using account = await openTestAccount({ dialect });
    account.simulator.play({ kind: 'slow-first-token' });
    const answer = account.ask('?').then(
      () => true,
      () => false,
    );
    await expect.poll(() => account.simulator.openStreams).toBe(1);
    account.clock.advance(ms);
    account.simulator.advance();
    return await answer;
  };
  expect(await waits('openai', 120_000)).toBe(false);
  expect(await waits('ollama', 120_000)).toBe(true);
  expect(await waits('ollama', 600_000)).toBe(false);
});
