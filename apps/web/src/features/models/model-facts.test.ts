import type { ModelDto } from '@multimodel/contract';
import { expect, test } from 'vitest';
import { abilitiesOf, formatPrice, formatWindow } from './model-facts.ts';

test.each([
  [131_072, '128\u00a0тыс.', '128K'],
  [128_000, '128\u00a0тыс.', '128K'],
  [32_768, '32\u00a0тыс.', '32K'],
  [200_000, '200\u00a0тыс.', '200K'],
  [1_048_576, '1\u00a0млн', '1M'],
  [1_500_000, '1,5\u00a0млн', '1.5M'],
  [1_500, '1,5\u00a0тыс.', '1.5K'],
])('a window of %i tokens is told as people do', (tokens, ru, en) => {
  expect([formatWindow(tokens, 'ru'), formatWindow(tokens, 'en')]).toEqual([ru, en]);
});

test.each([
  [400, 'RUB', '400\u00a0₽', '₽400'],
  [1_200.5, 'RUB', '1\u00a0200,50\u00a0₽', '₽1,200.50'],
  [0.075, 'USD', '0,075\u00a0$', '$0.075'],
  [15, 'USD', '15\u00a0$', '$15'],
  [3, 'credits', '3\u00a0credits', '3\u00a0credits'],
])('%d %s a million', (amount, currency, ru, en) => {
  expect([formatPrice(amount, currency, 'ru'), formatPrice(amount, currency, 'en')]).toEqual([ru, en]);
});

test('what a model can is told once, whichever way it is said', () => {
  const capabilities = { tools: true, vision: true, jsonSchema: true, reasoning: false };
  const accepts = [
    { kind: 'image' as const, mediaTypes: ['image/png'], maxBytes: 1 },
    { kind: 'document' as const, mediaTypes: ['application/pdf'], maxBytes: 1 },
  ];
  const model: ModelDto = {
    id: 'a/b',
    name: 'B',
    provider: 'a',
    providerName: 'A',
    kind: 'chat',
    state: 'ready',
    parameters: {},
    source: 'live',
    isDemo: false,
    capabilities,
  };
  expect(abilitiesOf(model)).toEqual(['pictures', 'tools']);
  expect(abilitiesOf({ ...model, files: { accepts } })).toEqual(['pictures', 'files', 'tools']);
  expect(abilitiesOf({ ...model, capabilities: { tools: false, vision: false, jsonSchema: true, reasoning: true } })).toEqual([
    'reasoning',
  ]);
});
