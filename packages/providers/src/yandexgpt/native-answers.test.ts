import type { ChatRequest, StreamEvent } from '@multimodel/core';
import type { NativeFrame } from '@multimodel/simulators';
import { expect, test } from 'vitest';
import { newSignal, openTestAccount, user, userAsks } from './test-account.ts';

async function eventsOf(stream: AsyncIterable<StreamEvent>): Promise<readonly StreamEvent[]> {
  const events: StreamEvent[] = [];
  for await (const event of stream) events.push(event);
  return events;
}

const texts = (events: readonly StreamEvent[]): readonly StreamEvent[] =>
  events.filter(({ type }) => type === 'text-delta' || type === 'text-replace');

const framings = [
  {},
  { chunkBytes: 1 },
  { lineEnd: '\r\n' as const },
  { hasNoFinalNewline: true },
  { chunkBytes: 3, lineEnd: '\r\n' as const },
];

test.each(framings)('V2: cumulative texts become deltas, framed as %o', async (framing) => {
  await using account = await openTestAccount();
  const tokens = { inputTokens: 21, outputTokens: 7 };
  account.simulator.play({ kind: 'framed-answer', pieces: ['Здрав', 'ствуйте, чем', ' помочь?'], tokens, ...framing });
  const events = await eventsOf(account.model().stream(userAsks('Привет'), { signal: newSignal() }));
  expect(texts(events)).toEqual([
    { type: 'text-delta', text: 'Здрав' },
    { type: 'text-delta', text: 'ствуйте, чем' },
    { type: 'text-delta', text: ' помочь?' },
  ]);
  expect(events.at(-1)).toEqual({
    type: 'finish',
    reason: 'stop',
    modelVersion: '09.02.2025',
    usage: { inputTokens: 21, outputTokens: 7, reasoningTokens: 0 },
  });
});

interface FrameCase {
  readonly name: string;
  readonly frames: readonly NativeFrame[];
  readonly expected: readonly StreamEvent[];
  readonly reason: string;
}

const delta = (text: string): StreamEvent => ({ type: 'text-delta', text });

const frameCases: readonly FrameCase[] = [
  {
    name: 'V3: a cut emoji is held back until it is whole',
    frames: [
      { text: 'Люблю медведей \ufffd', status: 'PARTIAL' },
      { text: 'Люблю медведей 🐻 и', status: 'PARTIAL' },
      { text: 'Люблю медведей 🐻 и мёд', status: 'FINAL' },
    ],
    expected: [delta('Люблю медведей '), delta('🐻 и'), delta(' мёд')],
    reason: 'stop',
  },
  {
    name: 'V4: a refusal takes the place of what was said',
    frames: [
      { text: 'Начну рассказ о', status: 'PARTIAL' },
      { text: 'Я не могу обсуждать эту тему.', status: 'CONTENT_FILTER' },
    ],
    expected: [delta('Начну рассказ о'), { type: 'text-replace', from: 0, text: 'Я не могу обсуждать эту тему.' }],
    reason: 'content_filter',
  },
  {
    name: 'V4: a refusal without a beginning is text',
    frames: [{ text: 'Я не могу обсуждать эту тему.', status: 'CONTENT_FILTER' }],
    expected: [delta('Я не могу обсуждать эту тему.')],
    reason: 'content_filter',
  },
  {
    name: 'V5: a truncated answer says so',
    frames: [{ text: 'Длинный отв', status: 'TRUNCATED_FINAL' }],
    expected: [delta('Длинный отв')],
    reason: 'length',
  },
  { name: 'V5: thinking may leave no text at all', frames: [{ status: 'TRUNCATED_FINAL' }], expected: [], reason: 'length' },
  {
    name: 'a rewrite withdraws what no longer stands',
    frames: [
      { text: 'Пять плюс пять — одиннадцать', status: 'PARTIAL' },
      { text: 'Пять плюс пять — десять', status: 'FINAL' },
    ],
    expected: [delta('Пять плюс пять — одиннадцать'), { type: 'text-replace', from: 17, text: 'десять' }],
    reason: 'stop',
  },
  {
    name: 'a status that nobody knows ends the answer',
    frames: [
      { text: 'Раз', status: 'PARTIAL' },
      { text: 'Раз', status: 'TOOL_CALL_PARSE_ERROR' },
    ],
    expected: [delta('Раз')],
    reason: 'other',
  },
];

test.each(frameCases)('$name', async ({ frames, expected, reason }) => {
  await using account = await openTestAccount();
  account.simulator.play({ kind: 'frames', frames });
  const events = await eventsOf(account.model().stream(userAsks('?'), { signal: newSignal() }));
  expect(texts(events)).toEqual(expected);
  expect(events.at(-1)).toMatchObject({ type: 'finish', reason });
});

test('a stopped answer has counts: they are told on the way, not with each piece', async () => {
  await using account = await openTestAccount();
  const events = await eventsOf(account.model().stream(userAsks('[[long 300]]'), { signal: newSignal() }));
  const counts = events.flatMap((event) => (event.type === 'usage' ? [event.usage.outputTokens] : []));
  expect(counts[0]).toBe(1);
  expect(counts.length).toBeLessThan(events.length / 4);
  // Whenever it is stopped, what was told last is nearly all of it.
  for (const [index, count] of counts.slice(1).entries()) {
    const before = counts[index] ?? 0;
    expect(count - before).toBeLessThanOrEqual(Math.max(8, before / 8) + 2);
  }
});

const weather = { name: 'get_weather', description: 'Погода', parameters: { type: 'object', properties: { city: { type: 'string' } } } };

test('V6: calls get ids of their own, results go back by name and in the order of the calls', async () => {
  await using account = await openTestAccount();
  const calls = [
    { name: 'get_weather', arguments: { city: 'Казань' } },
    { name: 'get_weather', arguments: { city: 'Уфа' } },
    { name: 'get_time', arguments: {} },
  ];
  account.simulator.play({ kind: 'tool-calls', calls });
  const question: ChatRequest = { messages: [user('Погода и время?')], tools: [weather, { name: 'get_time', parameters: {} }] };
  const first = await account.ask(question);
  expect(first.reason).toBe('tool_calls');
  expect(first.toolCalls.map(({ name, arguments: args }) => ({ name, arguments: args }))).toEqual(calls);
  expect(new Set(first.toolCalls.map(({ callId }) => callId)).size).toBe(3);

  const results = first.toolCalls.map(
    ({ callId, name }, index) => ({ type: 'tool-result', callId, name, content: `r${String(index)}` }) as const,
  );
  const [one, two, three] = results;
  if (!one || !two || !three) throw new Error('three results');
  const answer = await account.ask({
    ...question,
    messages: [
      user('Погода и время?'),
      { role: 'assistant', parts: first.toolCalls.map((call) => ({ type: 'tool-call', ...call })) },
      { role: 'tool', parts: [three, two] },
      { role: 'tool', parts: [one] },
    ],
  });
  expect(answer.reason).toBe('stop');
  const body: unknown = JSON.parse(account.simulator.requests.at(-1)?.body ?? '');
  expect(body).toMatchObject({
    messages: [
      { role: 'user', text: 'Погода и время?' },
      { role: 'assistant', toolCallList: { toolCalls: calls.map((functionCall) => ({ functionCall })) } },
      {
        role: 'user',
        toolResultList: {
          toolResults: [
            { functionResult: { name: 'get_weather', content: 'r0' } },
            { functionResult: { name: 'get_weather', content: 'r1' } },
            { functionResult: { name: 'get_time', content: 'r2' } },
          ],
        },
      },
    ],
  });
});

test('V6: a model that calls without end is asked as often as the caller wants, no more', async () => {
  await using account = await openTestAccount();
  account.simulator.play({ kind: 'tool-calls', calls: [{ name: 'get_weather', arguments: {} }], isEndless: true });
  const ids = [
    await account.ask({ messages: [user('?')], tools: [weather] }),
    await account.ask({ messages: [user('?')], tools: [weather] }),
  ];
  expect(new Set(ids.flatMap(({ toolCalls }) => toolCalls.map(({ callId }) => callId))).size).toBe(2);
});

test('V7: a schema and a JSON mode reach the model', async () => {
  await using account = await openTestAccount();
  const schema = { type: 'object', properties: { numbers: { type: 'array', items: { type: 'integer' } } }, required: ['numbers'] };
  const messages = [user('Числа')];
  expect((await account.ask({ messages, responseFormat: { type: 'json-schema', schema } })).text).toBe('{"numbers": [5, 4, 1]}');
  expect((await account.ask({ messages, responseFormat: { type: 'json' } })).text).toBe('{"output": "5, 4, 1"}');
});

test('requests name the client, forbid logging and send no folder with an API key', async () => {
  await using account = await openTestAccount();
  await account.ask('Привет');
  const headers = account.simulator.requests.at(-1)?.headers ?? {};
  expect(headers).toMatchObject({ 'x-data-logging-enabled': 'false', 'x-client-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/u) });
  expect(headers).not.toHaveProperty('x-folder-id');
});

test('the limits of time in the settings end a stall', async () => {
  await using account = await openTestAccount();
  account.simulator.play({ kind: 'stall', pieces: ['Раз'] });
  const stream = account.model().stream(userAsks('?'), { signal: newSignal() })[Symbol.asyncIterator]();
  await stream.next();
  const usage = await stream.next();
  expect(usage.value).toMatchObject({ type: 'usage' });
  const pending = stream.next();
  account.clock.advance(60_000);
  await expect(pending).rejects.toMatchObject({ code: 'timeout', details: { phase: 'idle' } });
  await account.simulator.clientGone();
});
