import type { StreamEvent } from '@multimodel/core';
import { createProviderError } from '@multimodel/provider-sdk';
import { expect, test } from 'vitest';
import { openAiChunk } from './openai-chunk.ts';
import { OpenAiDecoder } from './openai-decoder.ts';

function decode(chunks: readonly unknown[], end?: 'marker' | 'eof', quirks: { hasThinkTags?: boolean } = {}): readonly StreamEvent[] {
  const decoder = new OpenAiDecoder({
    providerId: 'p',
    dialect: { filterReplacesText: false, toCallId: (id) => id || 'made', ...quirks },
    toStreamError: (error) => createProviderError('overloaded', JSON.stringify(error), { providerId: 'p' }),
  });
  const events = chunks.flatMap((chunk) => [...decoder.decode(openAiChunk.parse(chunk))]);
  const all = [...events, ...(end === undefined ? [] : decoder.end())].filter((event) => !('text' in event) || event.text !== '');
  // Nobody reads on after a finish.
  const finish = all.findIndex(({ type }) => type === 'finish');
  return finish < 0 ? all : all.slice(0, finish + 1);
}

const delta = (members: object, reason?: string) => ({ choices: [{ delta: members, finish_reason: reason }] });
const usage = { prompt_tokens: 3, completion_tokens: 4, prompt_tokens_details: { cached_tokens: 2 } };
const counted = { inputTokens: 3, outputTokens: 4, reasoningTokens: undefined, cachedInputTokens: 2 };

test('the finish waits for the usage that follows it', () => {
  expect(decode([delta({ content: 'A' }, 'stop'), { choices: [], usage }])).toEqual([
    { type: 'text-delta', text: 'A' },
    { type: 'finish', reason: 'stop', usage: counted },
  ]);
});

test('usage in the last chunk, or none at all until the end of the stream', () => {
  expect(decode([{ ...delta({}, 'length'), usage }])).toEqual([{ type: 'finish', reason: 'length', usage: counted }]);
  expect(decode([delta({}, 'stop')], 'marker')).toEqual([{ type: 'finish', reason: 'stop', usage: undefined }]);
});

test('an end that nobody announced is no finish', () => {
  expect(decode([delta({ content: 'A' })], 'eof')).toEqual([{ type: 'text-delta', text: 'A' }]);
  expect(decode([delta({ content: 'A' }), { choices: [], usage }], 'marker')).toHaveLength(1);
});

test('a whole answer instead of a stream is understood', () => {
  const message = { role: 'assistant', content: 'A', reasoning_content: 'R' };
  expect(decode([{ choices: [{ message, finish_reason: 'stop' }], usage }])).toMatchObject([
    { type: 'reasoning-delta', text: 'R' },
    { type: 'text-delta', text: 'A' },
    { type: 'finish', reason: 'stop' },
  ]);
});

const piece = (index: number | undefined, id: string, name: string, text: string) => ({
  index,
  id,
  type: '',
  function: { name, arguments: text },
});

test('empty strings never overwrite what was told before; calls keep their order', () => {
  const chunks = [
    delta({ tool_calls: [piece(1, 'b', 'second', '')] }),
    delta({ tool_calls: [piece(0, 'a', 'first', '{"x"')] }),
    delta({ tool_calls: [piece(0, '', '', ': 1}'), piece(1, '', '', '')] }),
    delta({}, 'tool_calls'),
  ];
  expect(decode(chunks, 'marker')).toEqual([
    { type: 'tool-call', callId: 'a', name: 'first', arguments: { x: 1 } },
    { type: 'tool-call', callId: 'b', name: 'second', arguments: {} },
    { type: 'finish', reason: 'tool_calls', usage: undefined },
  ]);
});

test('a call that the limit cut is left out and said so; one that is wrong is an error', () => {
  const cut = delta({ tool_calls: [piece(undefined, 'a', 'f', '{"x":')] });
  expect(decode([cut, delta({}, 'length')], 'marker')).toMatchObject([{ type: 'warning', code: 'content_dropped' }, { reason: 'length' }]);
  expect(() => decode([cut, delta({}, 'tool_calls')], 'marker')).toThrow(expect.objectContaining({ code: 'protocol' }));
});

test('an error inside the stream is thrown; an object that says nothing is not understood', () => {
  expect(() => decode([{ error: { message: 'out' } }])).toThrow(/out/u);
  expect(openAiChunk.safeParse({ object: 'x' }).success).toBe(false);
});

const finished = { type: 'finish', reason: 'stop', usage: counted };

test.each([
  ['beside the finish, not asked for', [{ ...delta({}, 'stop'), x_groq: { usage } }]],
  ['in the choice', [{ choices: [{ delta: {}, finish_reason: 'stop', usage }] }]],
  [
    'in every chunk, growing',
    [
      { ...delta({}), usage: { ...usage, completion_tokens: 1 } },
      { ...delta({}, 'stop'), usage },
    ],
  ],
  ['in every chunk but the finishing one', [{ ...delta({}), usage }, delta({}, 'stop')]],
  [
    'null until a chunk that repeats an empty choice',
    [
      { ...delta({}, 'stop'), usage: null },
      { ...delta({ content: '' }), usage },
    ],
  ],
])('counts %s', (_where, chunks) => {
  expect(decode(chunks, 'marker')).toEqual([finished]);
});

test('what came from a cache is counted under any name', () => {
  for (const name of ['prompt_cache_hit_tokens', 'cached_tokens']) {
    const events = decode([{ ...delta({}, 'stop'), usage: { prompt_tokens: 3, completion_tokens: 4, [name]: 2 } }]);
    expect(events).toEqual([finished]);
  }
});

test('reasoning under each of its names, under both at once, and in parts', () => {
  const thought = { type: 'reasoning-delta', text: 'R' };
  expect(decode([delta({ reasoning_content: 'R' })])).toEqual([thought]);
  expect(decode([delta({ reasoning: 'R', reasoning_content: '' })])).toEqual([thought]);
  expect(decode([delta({ reasoning: 'R', reasoning_content: 'R' })])).toEqual([thought]);
  expect(decode([delta({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'R' }] }] })])).toEqual([thought]);
  expect(decode([delta({ content: [{ type: 'text', text: 'A' }] })])).toEqual([{ type: 'text-delta', text: 'A' }]);
});

test('tags are thoughts only where the vendor is known to leave them in the text', () => {
  const chunks = [delta({ content: '<think>R</th' }), delta({ content: 'ink>A' }, 'stop')];
  expect(decode(chunks, 'eof', { hasThinkTags: true })).toMatchObject([
    { type: 'reasoning-delta', text: 'R' },
    { type: 'text-delta', text: 'A' },
    { type: 'finish', reason: 'stop' },
  ]);
  expect(decode(chunks, 'eof').filter(({ type }) => type === 'reasoning-delta')).toEqual([]);
});

test('text that looked like the beginning of a tag is not lost at the end', () => {
  expect(decode([delta({ content: '<thi' }, 'stop')], 'marker', { hasThinkTags: true })).toMatchObject([
    { text: '<thi' },
    { reason: 'stop' },
  ]);
});

const call = (callId: string, name: string, args: object) => ({ type: 'tool-call', callId, name, arguments: args });
const part = (members: object, name: string | undefined, text: unknown) => ({ ...members, function: { name, arguments: text } });

test.each([
  [
    'without numbers, an id each',
    [[part({ id: 'a' }, 'f', '{"x":')], [part({}, undefined, '1}')], [part({ id: 'b' }, 'f', '{}')]],
    ['a', 'b'],
  ],
  ['without numbers and ids, in one chunk', [[part({}, 'f', '{"x":1}'), part({}, 'f', '{}')]], ['made', 'made']],
  ['all under number 0', [[part({ index: 0, id: 'a' }, 'f', '{"x":1}')], [part({ index: 0, id: 'b' }, 'f', '{}')]], ['a', 'b']],
  ['with one id for all', [[part({ index: 0, id: 'a' }, 'f', '{"x":1}'), part({ index: 1, id: 'a' }, 'f', '{}')]], ['a', 'made']],
  [
    'with an id repeated in every piece',
    [[part({ id: 'a' }, 'f', '{"x":')], [part({ id: 'a' }, 'f', '1}')], [part({ id: 'b' }, 'f', '')]],
    ['a', 'b'],
  ],
  ['with an object for arguments', [[part({ index: 0, id: 'a' }, 'f', { x: 1 }), part({ index: 1, id: 'b' }, 'f', {})]], ['a', 'b']],
])('calls %s', (_how, pieces, [first = '', second = '']) => {
  const chunks = pieces.map((tool_calls) => delta({ tool_calls }));
  expect(decode([...chunks, delta({}, 'stop')], 'eof')).toEqual([
    call(first, 'f', { x: 1 }),
    call(second, 'f', {}),
    { type: 'finish', reason: 'tool_calls', usage: undefined },
  ]);
});

test.each([
  { choices: [{ delta: {}, finish_reason: 'error', error: { message: 'out' } }] },
  { choices: [{ delta: {}, finish_reason: 'error' }] },
  { choices: [{ delta: {}, finish_reason: 'insufficient_system_resource' }] },
  { object: 'error', message: 'out', code: 400 },
  { detail: 'out' },
  { error: 'out' },
])('a failure inside a 200 is thrown: %j', (chunk) => {
  expect(() => decode([chunk])).toThrow(expect.objectContaining({ code: 'overloaded' }));
});

test('a refusal stands where the text would', () => {
  expect(decode([delta({ content: null, refusal: 'No.' }, 'stop')], 'eof')).toMatchObject([{ type: 'text-delta', text: 'No.' }, {}]);
});
