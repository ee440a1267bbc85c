import { expect, test } from 'vitest';
import type { JsonObject } from '../model/chat-request.ts';
import { scriptedModel } from '../testing/index.ts';
import type { ProviderPlugin } from './provider.ts';
import { checkSettings } from './provider-settings.ts';

/** A plugin that knows an address by the name of a service. */
function plugin(): ProviderPlugin {
  const label = { ru: 'Адрес', en: 'Address' };
  const field = { name: 'baseUrl', kind: 'string', isRequired: false, isSecret: false, isAdvanced: false, isAddress: true, label } as const;
  return {
    ...scriptedModel().plugin,
    settings: { fields: [field], parse: (input) => input },
    addresses: () => ({ baseUrl: 'http://127.0.0.1:11434' }),
  };
}

const check = (values: JsonObject, isAllowed: (address: string) => boolean) => () => checkSettings(plugin(), values, isAllowed);
const isPublic = (address: string): boolean => !address.includes('127.0.0.1');
const refusal = expect.objectContaining({
  code: 'validation_failed',
  details: { fields: [expect.objectContaining({ path: 'settings.baseUrl' })] },
});

test('an address that follows from other settings is refused like one that was entered, and once', () => {
  expect(check({}, isPublic)).toThrow(refusal);
  expect(check({ baseUrl: 'http://127.0.0.1:1' }, isPublic)).toThrow(refusal);
});

test('another address in its place, or leave to name private ones, is enough', () => {
  expect(check({ baseUrl: 'https://api.example' }, isPublic)).not.toThrow();
  expect(check({}, () => true)).not.toThrow();
});
