import { expect, test } from 'vitest';
import { createStorageArea } from '../state/storage-area.ts';
import { memoryStorage } from '../testing/fake-server.ts';
import { isSettingsPath, ReturnPlace } from './return-place.ts';

test('the settings lead back to the last chat, also after a reload', () => {
  const area = createStorageArea(() => memory);
  const memory = memoryStorage();
  const place = new ReturnPlace(area);
  expect(place.path).toBe('/');
  for (const path of ['/chat/1', '/settings', '/settings/providers/2']) place.visited(path);
  expect(new ReturnPlace(area).path).toBe('/chat/1');
});

test('a stored address that leads elsewhere is not followed', () => {
  const area = createStorageArea(() => memory);
  const memory = memoryStorage({ 'mmc.return': '"//evil.example"' });
  expect(new ReturnPlace(area).path).toBe('/');
});

test('only the settings are the settings', () => {
  expect(['/settings', '/settings/providers', '/settingsx', '/chat/settings'].map(isSettingsPath)).toEqual([true, true, false, false]);
});
