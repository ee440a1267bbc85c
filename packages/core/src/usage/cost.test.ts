import { expect, test } from 'vitest';
import { estimateCost } from './cost.ts';

const price = { currency: 'RUB', inputPerMillion: 400, outputPerMillion: 1_200, asOf: '2026-01-01' };

test.for([
  ['input and output', { inputTokens: 1_000, outputTokens: 500 }, price, 1],
  ['nothing', { inputTokens: 0, outputTokens: 0 }, price, 0],
  ['reasoning, part of the output', { inputTokens: 0, outputTokens: 500, reasoningTokens: 400 }, price, 0.6],
  [
    'cached input at its own price',
    { inputTokens: 1_000, outputTokens: 0, cachedInputTokens: 600 },
    { ...price, cachedInputPerMillion: 100 },
    0.22,
  ],
  ['cached input without a price of its own', { inputTokens: 1_000, outputTokens: 0, cachedInputTokens: 600 }, price, 0.4],
  [
    'more cached than there was',
    { inputTokens: 1_000, outputTokens: 0, cachedInputTokens: 5_000 },
    { ...price, cachedInputPerMillion: 100 },
    0.1,
  ],
  ['a tenth of a millionth is rounded', { inputTokens: 1, outputTokens: 0 }, { ...price, inputPerMillion: 0.1 }, 0],
  ['no noise of binary fractions', { inputTokens: 3, outputTokens: 0 }, { ...price, inputPerMillion: 0.7 * 1_000_000 }, 2.1],
] as const)('%s', ([, usage, at, amount]) => {
  expect(estimateCost(usage, at)).toEqual({ amount, currency: 'RUB', isEstimated: true });
});
