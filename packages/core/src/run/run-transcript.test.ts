import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toChatId, toMessageId, toRunId } from '../shared/ids.ts';
import type { RunEventBody } from './run-event.ts';
import { isContent, RunTranscript } from './run-transcript.ts';

const run = { id: toRunId('run'), chatId: toChatId('chat'), messageId: toMessageId('message') };
const attempt = (number: number): RunEventBody => ({
  type: 'attempt',
  number,
  provider: 'a',
  model: `a/${number}`,
  reason: number === 1 ? 'requested' : 'retry',
});

test('is the fold of the log', () => {
  const transcript = RunTranscript.of([
    { type: 'start', runId: run.id, chatId: run.chatId, messageId: run.messageId },
    { type: 'queued', position: 2 },
    attempt(1),
    { type: 'reasoning-delta', text: 'Hm' },
    { type: 'text-delta', text: 'Hello wrld' },
    { type: 'text-replace', from: 6, text: 'world' },
    { type: 'tool-call', callId: 'c', name: 'now', arguments: {} },
    { type: 'usage', usage: { inputTokens: 1, outputTokens: 2 } },
  ]);
  const snapshot = {
    type: 'snapshot',
    seq: 8,
    state: 'running',
    provider: 'a',
    model: 'a/1',
    text: 'Hello world',
    reasoning: 'Hm',
    usage: { outputTokens: 2 },
  };
  expect(transcript.snapshot(run, 8)).toMatchObject({ ...snapshot, toolCalls: [{ callId: 'c' }], position: undefined });
  expect(transcript.content()).toEqual({
    text: 'Hello world',
    reasoning: 'Hm',
    toolCalls: [{ type: 'tool-call', callId: 'c', name: 'now', arguments: {} }],
    warnings: undefined,
  });
});

test('an attempt begins with a clean sheet: warnings and usage are its own', () => {
  const transcript = RunTranscript.of([
    attempt(1),
    { type: 'warning', code: 'parameter_dropped', parameter: 'topP', message: 'no topP here' },
    { type: 'usage', usage: { inputTokens: 1, outputTokens: 0 } },
    attempt(2),
  ]);
  expect([transcript.attempt, transcript.model, transcript.warnings, transcript.usage]).toEqual([2, 'a/2', [], undefined]);
});

test('a snapshot does not change with what comes after it', () => {
  const transcript = new RunTranscript();
  const { toolCalls } = transcript.snapshot(run, 0);
  transcript.apply({ type: 'tool-call', callId: 'c', name: 'now', arguments: {} });
  expect(toolCalls).toEqual([]);
  expect(transcript.snapshot(run, 1).state).toBe('queued');
});

test('content is what a person sees of the answer', () => {
  const contents: RunEventBody[] = [
    { type: 'text-delta', text: 'a' },
    { type: 'reasoning-delta', text: 'a' },
    { type: 'text-replace', from: 0, text: '' },
  ];
  expect(contents.every(isContent)).toBe(true);
  const others: RunEventBody[] = [
    { type: 'text-delta', text: '' },
    { type: 'reasoning-delta', text: '' },
    attempt(1),
    { type: 'queued', position: 1 },
    { type: 'finish', state: 'completed' },
  ];
  expect(others.some(isContent)).toBe(false);
});

test('replaced at any place, the text is what stands before it and the new end', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat({ max: 30 }), fc.string(), (before, from, text) => {
      const transcript = RunTranscript.of([
        { type: 'text-delta', text: before },
        { type: 'text-replace', from, text },
      ]);
      transcript.compact();
      expect(transcript.text).toBe(before.slice(0, from) + text);
    }),
  );
});
