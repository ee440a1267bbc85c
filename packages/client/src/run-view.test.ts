import type { RunEventDto, RunSnapshotDto } from '@multimodel/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runEvents } from './run-events.arbitrary.ts';
import { emptyRunView, type RunView, reduceRunView } from './run-view.ts';

const fold = (events: readonly RunEventDto[], from: RunView = emptyRunView) => events.reduce(reduceRunView, from);

function toSnapshot(view: RunView): RunSnapshotDto {
  const { lastSeq, position, provider, model, attempt, text, reasoning, toolCalls, attachments, warnings, usage } = view;
  const state = view.state === 'queued' ? 'queued' : 'running';
  const ids = { runId: 'r', chatId: 'c', messageId: 'm' };
  return {
    seq: lastSeq,
    type: 'snapshot',
    ...ids,
    state,
    position,
    provider,
    model,
    attempt: attempt && { number: attempt.number, reason: attempt.reason },
    text,
    reasoning,
    toolCalls,
    attachments: [...attachments],
    warnings: [...warnings],
    usage,
  };
}

test('folds a run from the queue to its end', () => {
  const view = fold([
    { seq: 1, type: 'start', runId: 'r', chatId: 'c', messageId: 'm' },
    { seq: 2, type: 'queued', position: 2 },
    { seq: 3, type: 'attempt', number: 1, provider: 'yandexgpt', model: 'yandexgpt/lite', reason: 'requested' },
    { seq: 4, type: 'text-delta', text: 'Приве' },
    { seq: 5, type: 'text-replace', from: 2, text: 'ивет' },
    { seq: 6, type: 'usage', usage: { inputTokens: 3, outputTokens: 2 } },
    { seq: 7, type: 'finish', state: 'completed', reason: 'stop' },
  ]);
  expect(view).toMatchObject({ state: 'completed', text: 'Привет', lastSeq: 7, usage: { inputTokens: 3 }, provider: 'yandexgpt' });
  expect(view.position).toBeUndefined();
});

test('shows the place in the queue until the attempt begins', () => {
  expect(fold([{ seq: 1, type: 'queued', position: 2 }])).toMatchObject({ state: 'queued', position: 2 });
});

test('another attempt begins without the warnings and the count of the one before', () => {
  const attempt = { type: 'attempt', provider: 'a', model: 'a/m' } as const;
  const view = fold([
    { seq: 1, ...attempt, number: 1, reason: 'requested' },
    { seq: 2, type: 'warning', code: 'parameter_dropped', message: 'topP' },
    { seq: 3, type: 'usage', usage: { inputTokens: 3, outputTokens: 0 } },
    { seq: 4, ...attempt, number: 2, reason: 'retry' },
  ]);
  expect(view).toMatchObject({ warnings: [], usage: undefined, attempt: { number: 2, reason: 'retry' } });
});

test('the run of a continuation begins with the text so far', () => {
  const view = fold([
    { seq: 1, type: 'start', runId: 'r', chatId: 'c', messageId: 'm' },
    { seq: 2, type: 'text-replace', from: 0, text: 'Once upon' },
    { seq: 3, type: 'text-delta', text: ' a time' },
  ]);
  expect(view.text).toBe('Once upon a time');
});

test('nothing changes an ended run', () => {
  const ended = fold([{ seq: 1, type: 'finish', state: 'stopped' }]);
  expect(reduceRunView(ended, { seq: 2, type: 'text-delta', text: 'late' })).toBe(ended);
});

test('a cut and a resume from any event before it give the same view', () => {
  fc.assert(
    fc.property(runEvents, fc.nat(), fc.nat(), (events, cut, back) => {
      const end = cut % (events.length + 1);
      const resumedFrom = back % (end + 1);
      expect(fold(events.slice(resumedFrom), fold(events.slice(0, end)))).toEqual(fold(events));
    }),
  );
});

test('a snapshot at any place gives the same view, to old and to new watchers', () => {
  fc.assert(
    fc.property(runEvents, fc.nat(), fc.nat(), (events, snapshotPlace, cut) => {
      const whole = fold(events);
      const at = snapshotPlace % events.length;
      const snapshot = toSnapshot(fold(events.slice(0, at)));
      const seen = fold(events.slice(0, cut % (at + 1)));
      expect(fold([snapshot, ...events.slice(at)], seen)).toEqual(whole);
    }),
  );
});
