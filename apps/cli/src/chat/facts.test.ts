import { ApiError } from '@multimodel/client';
import { expect, test } from 'vitest';
import { exitCodes } from '../exit-codes.ts';
import { explainError } from '../explain-error.ts';
import { inColumns } from '../terminal/columns.ts';
import { wantsColour } from '../terminal/styles.ts';
import { createTexts } from '../texts/texts.ts';
import { chooseModel } from './choose-model.ts';
import { factsLine } from './facts.ts';

const en = createTexts('en');

test('the facts of an answer, in both languages; a price far below a kopeck is not nothing', () => {
  const outcome = {
    chatId: 'c',
    messageId: 'm',
    text: '',
    state: 'completed',
    model: 'yandexgpt/lite',
    timings: { queueMs: 0, firstTokenMs: 420, totalMs: 3_210 },
    usage: { inputTokens: 1_200, outputTokens: 34, isEstimated: true },
    cost: { amount: 0.001234, currency: 'RUB', isEstimated: false },
  } as const;
  const plain = (text: string): string => text.replaceAll(/\s/g, ' ');
  expect(plain(factsLine(outcome, en))).toBe('yandexgpt/lite · 3.2 s · first word 0.4 s · ≈ 1,200 → 34 tokens · ₽0.001234');
  expect(plain(factsLine(outcome, createTexts('ru')))).toBe(
    'yandexgpt/lite · 3,2 с · первое слово 0,4 с · ≈ токены: 1 200 → 34 · 0,001234 ₽',
  );
  expect(factsLine({ chatId: 'c', messageId: 'm', text: '', state: 'stopped' }, en)).toBe('');
});

test('a model is found by its name or by a part that only one has', () => {
  const models = ['a/one', 'a/two', 'b/two'].map((id) => ({ id, kind: 'chat' }) as never);
  expect(chooseModel(models, 'a/two', en)).toBe('a/two');
  expect(chooseModel(models, 'ONE', en)).toBe('a/one');
  expect(() => chooseModel(models, 'two', en)).toThrow('"two" fits more than one model: a/two, b/two');
  expect(() => chooseModel(models, 'x', en)).toThrow('There is no model "x". There are: a/one, a/two, b/two');
  expect(() => chooseModel([], 'x', en)).toThrow('no provider is set up');
});

test.each([
  ['overloaded', true, 503, exitCodes.retryable],
  ['provider_not_configured', false, 409, exitCodes.configuration],
  ['validation_failed', false, 400, exitCodes.badInput],
  ['internal', false, 500, exitCodes.failed],
] as const)('an error %s ends with its code', (code, retryable, status, exitCode) => {
  const problem = { type: '', title: '', status, detail: 'why', code, requestId: 'r', retryable };
  expect(explainError(new ApiError({ status, code, problem }), { texts: en, url: 'http://localhost:1' })).toMatchObject({
    exitCode,
    code,
    message: 'why',
  });
});

test('columns count what is seen, colour is a matter of who looks', () => {
  expect(
    inColumns([
      ['a', 'x'],
      ['日本', 'y'],
      ['👩‍👩‍👧', 'z'],
      ['\u001b[1mб\u001b[22m', 'q'],
    ]),
  ).toBe('a     x\n日本  y\n👩‍👩‍👧    z\n\u001b[1mб\u001b[22m     q\n');
  expect([
    wantsColour({}, true),
    wantsColour({}, false),
    wantsColour({ NO_COLOR: '1' }, true),
    wantsColour({ FORCE_COLOR: '1' }, false),
  ]).toEqual([true, false, false, true]);
  expect([wantsColour({ TERM: 'dumb' }, true), wantsColour({ FORCE_COLOR: '0' }, true)]).toEqual([false, false]);
});
