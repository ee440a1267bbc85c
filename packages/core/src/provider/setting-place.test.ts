import { expect, test } from 'vitest';
import { blamedSetting, type SettingPlace, withPlace } from './setting-place.ts';

const auth = { code: 'auth', details: {} } as const;

test('the setting that the error names is blamed', () => {
  expect(blamedSetting({ code: 'permission', details: { setting: 'folderId' } }, () => ['apiKey'])).toBe('folderId');
});

test('for a refused credential it is the only secret, and no guess among several', () => {
  expect(blamedSetting(auth, () => ['apiKey'])).toBe('apiKey');
  expect(blamedSetting(auth, () => ['apiKey', 'proxyPassword'])).toBeUndefined();
  expect(blamedSetting(auth, () => [])).toBeUndefined();
  expect(blamedSetting({ code: 'rate_limited', details: {} }, () => ['apiKey'])).toBeUndefined();
});

test.each<[SettingPlace, string]>([
  [{ kind: 'environment', variable: 'YC_API_KEY' }, 'the environment variable YC_API_KEY'],
  [{ kind: 'file', path: 'mmc.config.json', at: 'providers[0].settings.apiKey' }, 'mmc.config.json → providers[0].settings.apiKey'],
  [
    { kind: 'file', path: 'mmc.config.json', at: 'providers[0].settings.apiKey', variable: 'WORK_KEY' },
    'mmc.config.json → providers[0].settings.apiKey, from the environment variable WORK_KEY',
  ],
  [{ kind: 'app' }, 'Settings → Providers'],
])('%o is told at the end', (place, words) => {
  expect(withPlace({ message: 'Refused' }, { setting: 'apiKey', place }).message).toBe(`Refused (apiKey is set in ${words})`);
});

test('an unknown place is not told', () => {
  const refused = { message: 'Refused', text: { ru: 'Отказ', en: 'Refused' } };
  expect(withPlace(refused, { setting: 'apiKey' })).toEqual(refused);
  expect(withPlace(refused, undefined)).toEqual(refused);
});

test('the place is told in the language of the sentence', () => {
  const refused = { message: 'Refused', text: { ru: 'Отказ', en: 'Refused' } };
  const place = { kind: 'environment', variable: 'YC_API_KEY' } as const;
  expect(withPlace(refused, { setting: 'apiKey', place }).text).toEqual({
    ru: 'Отказ (apiKey — в переменной окружения YC_API_KEY)',
    en: 'Refused (apiKey is set in the environment variable YC_API_KEY)',
  });
});
