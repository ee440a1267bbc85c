import { describe, expect, test } from 'vitest';
import type { ContextForecastDto } from './context.ts';
import { countTokens, fitContext } from './context-fit.ts';

const rule = { charactersPerToken: 4, tokensPerMessage: 3 };

describe('countTokens', () => {
  test('rounds up, and counts what a message costs beside its text', () => {
    expect(countTokens('12345', rule)).toBe(5);
    expect(countTokens('12345', rule, { isMessage: false })).toBe(2);
    expect(countTokens('', rule)).toBe(3);
  });
});

describe('fitContext', () => {
  const cuts = [
    { leftOut: 0, inputTokens: 90 },
    { leftOut: 2, inputTokens: 40 },
    { leftOut: 4, inputTokens: 10 },
  ];
  const forecast = (more: Partial<ContextForecastDto> = {}): ContextForecastDto => ({
    model: 'a/b',
    inputTokens: 90,
    messages: 3,
    leftOut: 0,
    isCut: false,
    isEstimated: true,
    contextWindow: 100,
    cuts,
    rule,
    ...more,
  });

  test('the whole conversation goes while it fits to the last token', () => {
    expect(fitContext(forecast(), 'x'.repeat(28))).toEqual({
      inputTokens: 100,
      leftOut: 0,
      contextWindow: 100,
      reservedForAnswer: 0,
      share: 1,
    });
    expect(fitContext(forecast(), 'x'.repeat(29))).toMatchObject({ inputTokens: 51, leftOut: 2 });
  });

  test('room for the answer is kept free', () => {
    expect(fitContext(forecast({ reservedForAnswer: 50 }), 'hi')).toMatchObject({ inputTokens: 44, leftOut: 2, share: 0.94 });
  });

  test('a text that is too long by itself is told as more than the window', () => {
    expect(fitContext(forecast(), 'x'.repeat(400))).toMatchObject({ leftOut: 4, share: 1.13 });
  });

  test('nothing is said of a window that nobody knows', () => {
    expect(fitContext(forecast({ contextWindow: undefined }), 'hi')).toBeUndefined();
  });
});
