import type { StreamEvent } from '@multimodel/core';
import { createProviderError } from '@multimodel/provider-sdk';
import { expect, test } from 'vitest';
import { openAiChunk } from './openai-chunk.ts';
import { OpenAiDecoder } from './openai-decoder.ts';

function decode(chunks: readonly unknown[], end?: 'marker' | 'eof'): readonly StreamEvent[] {
  const decoder = new OpenAiDecoder({
    providerId: 'p',
    dialect: { filterReplacesText: false, toCallId: (id) => id },
    toStreamError: (error) => createProviderError('overloaded', JSON.stringify(error), { providerId: 'p' }),
  });
  const events = chunks.flatMap((chunk) => [...decoder.decode(openAiChunk.parse(chunk))]);
  return [...events, ...(end === undefined ? [] : decoder.end())].filter((event) => !('text' in event) || event.text !== '');
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
