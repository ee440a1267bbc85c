import type { ContextForecastDto } from '@multimodel/contract';
import { expect, test } from 'vitest';
import { contextState } from './use-context-forecast.ts';

const forecast: ContextForecastDto = {
  model: 'a/b',
  contextWindow: 1_000,
  reservedForAnswer: 250,
  inputTokens: 108,
  messages: 4,
  leftOut: 0,
  isCut: false,
  isEstimated: true,
  rule: { charactersPerToken: 2.5, tokensPerMessage: 8 },
  cuts: [
    { leftOut: 0, inputTokens: 100 },
    { leftOut: 2, inputTokens: 60 },
    { leftOut: 4, inputTokens: 10 },
  ],
};
/** A text that costs as many tokens as a message. */
const ofTokens = (tokens: number) => 'x'.repeat((tokens - 8) * 2.5);

test('quiet while there is room, clear from four fifths on, and it says what will be missing', () => {
  const at = (tokens: number) => {
    const { level, leftOut, inputTokens, isTooLong } = contextState(forecast, ofTokens(tokens)) ?? {};
    return [level, leftOut, inputTokens, isTooLong];
  };
  expect(at(8)).toEqual(['plenty', 0, 108, false]);
  expect(at(274)).toEqual(['plenty', 0, 374, false]);
  expect(at(275)).toEqual(['half', 0, 375, false]);
  expect(at(499)).toEqual(['half', 0, 599, false]);
  expect(at(500)).toEqual(['tight', 0, 600, false]);
  expect(at(650)).toEqual(['tight', 0, 750, false]);
  expect(at(651)).toEqual(['over', 2, 711, false]);
  expect(at(691)).toEqual(['over', 4, 701, false]);
  expect(at(741)).toEqual(['over', 4, 751, true]);
});

test('an unknown window says nothing, and neither does a forecast that is not there', () => {
  expect(contextState({ ...forecast, contextWindow: undefined, cuts: [] }, 'x')).toBeUndefined();
  expect(contextState(undefined, 'x')).toBeUndefined();
});

test('the room kept for the answer is not taken by anybody, and an empty field costs nothing', () => {
  const empty = { ...forecast, inputTokens: 8, messages: 0, cuts: [{ leftOut: 0, inputTokens: 0 }] };
  expect(contextState(empty, '')).toMatchObject({
    taken: 0,
    textTokens: 0,
    conversationTokens: 0,
    reservedForAnswer: 250,
    level: 'plenty',
  });
  expect(contextState(empty, ' \n')).toMatchObject({ taken: 0 });
  expect(contextState(empty, ofTokens(75))).toMatchObject({ taken: 0.1, textTokens: 75, conversationTokens: 0 });
  expect(contextState(forecast, '')).toMatchObject({ conversationTokens: 100, textTokens: 0, taken: 100 / 750 });
  expect(contextState({ ...forecast, reservedForAnswer: 1_000 }, 'x')).toMatchObject({ isTooLong: true, level: 'over' });
});
