import type { ModelDto } from '@multimodel/contract';
import { expect, test } from 'vitest';
import { overwriteGetLocale } from '../../paraglide/runtime.js';
import { inOwnLanguage, providerTitle } from './demo-names.ts';

const model: ModelDto = {
  id: 'demo/guide',
  name: 'Guide',
  provider: 'demo',
  providerName: 'Демо / Demo',
  kind: 'chat',
  state: 'ready',
  capabilities: { tools: false, vision: false, jsonSchema: false, reasoning: false },
  parameters: {},
  source: 'catalog',
  isDemo: true,
};

test.each([
  ['ru', 'Гид', 'Демо'],
  ['en', 'Guide', 'Demo'],
] as const)('in %s the demo has one name, not two', (language, name, providerName) => {
  overwriteGetLocale(() => language);
  expect(inOwnLanguage(model)).toEqual({ ...model, name, providerName });
});

test('what somebody has named is called so', () => {
  expect(inOwnLanguage({ ...model, providerName: 'Stage' }).providerName).toBe('Stage');
  expect(inOwnLanguage({ ...model, isDemo: false })).toEqual({ ...model, isDemo: false });
  expect(providerTitle('YandexGPT')).toBe('YandexGPT');
});
