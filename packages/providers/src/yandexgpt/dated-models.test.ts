import { createFakeClock, createMemoryLogger } from '@multimodel/provider-sdk/testing';
import { expect, test } from 'vitest';
import { yandexgpt } from './yandexgpt.ts';

test('its dated models are known before the vendor has answered, so that a wrong key does not hide them', async () => {
  const settings = yandexgpt.settings.parse({ apiKey: `AQVN${'x'.repeat(36)}` });
  await using provider = yandexgpt.create(settings, { slug: 'y', clock: createFakeClock(), logger: createMemoryLogger() });
  expect(provider.catalog?.map(({ id }) => id)).toContain('yandexgpt-5-lite');
  expect(provider.catalog?.every(({ source }) => source === 'catalog')).toBe(true);
});
