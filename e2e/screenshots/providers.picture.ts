import { createClient } from '@multimodel/client';
import { exampleApiKey, exampleFolderId } from '@multimodel/simulators';
import { test } from '../walk/fresh-installation.ts';
import { expect } from '../walk/walk.ts';
import { languageOf, picture } from './picture.ts';

const texts = {
  ru: { connect: 'Подключить YandexGPT', list: 'Провайдеры' },
  en: { connect: 'Connect YandexGPT', list: 'Providers' },
} as const;

test('first run and providers', async ({ page, site, simulator }, info) => {
  const words = texts[languageOf(info)];
  const { providers } = createClient({ baseUrl: site.url });
  await page.goto('/');
  await expect(page.getByRole('heading', { name: words.connect })).toBeVisible();
  await picture(page, info, 'first-run');
  const { id } = await providers.create({
    plugin: 'yandexgpt',
    settings: { apiKey: exampleApiKey, folderId: exampleFolderId, baseUrl: simulator.url, openaiBaseUrl: `${simulator.url}/v1` },
  });
  await page.goto('/settings/providers');
  await expect(page.getByRole('heading', { name: words.list, level: 1 })).toBeVisible();
  await expect(page.getByText('YandexGPT').first()).toBeVisible();
  await picture(page, info, 'providers');
  await providers.delete(id);
});
