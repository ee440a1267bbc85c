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
  expect(at(150)).toEqual(['half', 0, 250, false]);
  expect(at(449)).toEqual(['half', 0, 549, false]);
  expect(at(450)).toEqual(['tight', 0, 550, false]);
  expect(at(650)).toEqual(['tight', 0, 750, false]);
  expect(at(651)).toEqual(['over', 2, 711, false]);
  expect(at(691)).toEqual(['over', 4, 701, false]);
  expect(at(741)).toEqual(['over', 4, 751, true]);
});

test('an unknown window says nothing, and neither does a forecast that is not there', () => {
  expect(contextState({ ...forecast, contextWindow: undefined, cuts: [] }, 'x')).toBeUndefined();
  expect(contextState(undefined, 'x')).toBeUndefined();
});
