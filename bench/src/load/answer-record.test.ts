import { describe, expect, test } from 'vitest';
import { monotonicUs } from '../process/monotonic.ts';
import { answerPiece, eventsPerAnswer, sealOf } from '../vendor/answer-text.ts';
import { AnswerRecord } from './answer-record.ts';

const pieces = Array.from({ length: eventsPerAnswer - 1 }, (_, index) => answerPiece(index, monotonicUs()));
const seal = sealOf(pieces.join(''));

function judged(texts: readonly string[], ends = 1): readonly string[] {
  const record = new AnswerRecord();
  for (const text of texts) record.append(text);
  for (let end = 0; end < ends; end += 1) record.end();
  record.judge(eventsPerAnswer - 1);
  return record.problems;
}

describe('an answer', () => {
  test('that came whole and ended once is right', () => {
    expect(judged([...pieces, seal])).toEqual([]);
  });

  test('may come in any grouping, even split within a stamp', () => {
    const whole = pieces.join('') + seal;
    expect(judged(whole.split(''))).toEqual([]);
    expect(judged([whole])).toEqual([]);
  });

  test.each([
    ['a lost piece', [...pieces.slice(0, 5), ...pieces.slice(6), seal], 1],
    ['a piece that came twice', [...pieces.slice(0, 5), pieces[4] ?? '', ...pieces.slice(5), seal], 1],
    ['a changed character', [...pieces, seal].map((text) => text.replace('ёлка', 'елка')), 1],
    ['a missing tail', pieces, 1],
    ['no end', [...pieces, seal], 0],
    ['two ends', [...pieces, seal], 2],
  ])('with %s is wrong', (_name, texts, ends) => {
    expect(judged(texts, ends)).not.toEqual([]);
  });

  test('that was rewritten counts with its last text', () => {
    const record = new AnswerRecord();
    const [first = '', ...others] = pieces;
    record.append(`${first}a slip`);
    record.replace(first.length, others.join('') + seal);
    record.end();
    record.judge(eventsPerAnswer - 1);
    expect(record.problems).toEqual([]);
  });
});

test('the delay of an event counts from the stamp to its reading', () => {
  const record = new AnswerRecord();
  record.append(answerPiece(0, monotonicUs() - 5_000));
  expect(record.delaysMs[0]).toBeGreaterThanOrEqual(5);
  expect(record.delaysMs[0]).toBeLessThan(1_000);
});
