import { createClient } from '@multimodel/client';
import { exampleApiKey, exampleFolderId } from '@multimodel/simulators';
import type { Page } from '@playwright/test';
import { expect, test } from './walk.ts';

const slugs = ['first', 'second', 'third'] as const;
const isTest = '**/api/v1/providers/**/test';

test.beforeEach(async ({ site, simulator }) => {
  const { providers } = createClient({ baseUrl: site.url });
  for (const { id, source } of (await providers.list()).items) if (source === 'user') await providers.delete(id);
  for (const slug of slugs) {
    await providers.create({
      plugin: 'yandexgpt',
      slug,
      displayName: slug,
      settings: { apiKey: exampleApiKey, folderId: exampleFolderId, baseUrl: simulator.url, openaiBaseUrl: `${simulator.url}/v1` },
    });
  }
});

const pathOf = async (site: { readonly url: string }, slug: string): Promise<string> => {
  const { items } = await createClient({ baseUrl: site.url }).providers.list();
  return `/settings/providers/${items.find((provider) => provider.slug === slug)?.id}`;
};
const orderOf = async (page: Page): Promise<readonly string[]> =>
  (await page.locator('.provider-link').allTextContents()).filter((name) => slugs.some((slug) => slug === name));

test('the order is changed by keyboard, the focus goes along, and the end of the list ends it', async ({ page, site, isMobile }) => {
  test.skip(isMobile, 'phones have no keyboard');
  await page.goto('/settings/providers');
  const down = page.getByRole('button', { name: 'Опустить first ниже' });
  await down.focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => orderOf(page)).toEqual(['second', 'first', 'third']);
  await expect(down).toBeFocused();
  await page.keyboard.press('Space');
  await expect.poll(() => orderOf(page)).toEqual(['second', 'third', 'first']);
  await expect(page.getByRole('status').filter({ hasText: /^first: место/ })).toBeAttached();
  await expect(down).toBeDisabled();
  await expect(page.getByRole('button', { name: 'Поднять first выше' })).toBeFocused();
  await page.reload();
  await expect.poll(() => orderOf(page)).toEqual(['second', 'third', 'first']);
  const { items } = await createClient({ baseUrl: site.url }).providers.list();
  expect(items.map(({ slug }) => slug).filter((slug) => slug !== 'yandex' && slug !== 'demo')).toEqual(['second', 'third', 'first']);
});

test('the file of a key is chosen: what it is not, is told, and a good one connects', async ({ page, simulator }) => {
  await page.goto('/settings/providers/new/yandexgpt');
  await page.getByText('Файл авторизованного ключа').click();
  const chooser = page.getByLabel('Выбрать файл');
  await chooser.setInputFiles({ name: 'photo.json', mimeType: 'application/json', buffer: Buffer.alloc(70_000, 'x') });
  await expect(page.getByText('Файл слишком большой: это не похоже на ключ.')).toBeVisible();
  await chooser.setInputFiles({ name: 'notes.json', mimeType: 'application/json', buffer: Buffer.from('{"id":"x"}') });
  await expect(page.getByText('Файл notes.json прочитан')).toBeVisible();
  await page.getByRole('button', { name: 'Дополнительно' }).click();
  await page.getByRole('textbox', { name: /^Адрес API/ }).fill(simulator.url);
  await page.getByRole('textbox', { name: /^Адрес OpenAI/ }).fill(`${simulator.url}/v1`);
  await page.getByRole('textbox', { name: /^Адрес IAM/ }).fill(simulator.url);
  await page.getByRole('button', { name: 'Проверить', exact: true }).click();
  await expect(page.getByText(/^Это не\sфайл авторизованного ключа/).first()).toBeVisible();
  const file = { name: 'key.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(simulator.createServiceAccountKey())) };
  await chooser.setInputFiles(file);
  await expect(page.getByText('Файл key.json прочитан')).toBeVisible();
  await page.getByRole('button', { name: 'Проверить', exact: true }).click();
  await expect(page.getByText('Всё работает')).toBeVisible();
});

test('a test that takes long is given up, and can be made again', async ({ page, site }) => {
  let isSilent = true;
  await page.route(isTest, (route) => (isSilent ? undefined : route.continue()));
  await page.goto(await pathOf(site, 'first'));
  const run = page.getByRole('button', { name: 'Проверить', exact: true });
  const gone = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/test'));
  await run.click();
  await expect(page.getByText('Проверяем подключение…')).toBeVisible();
  await page.getByRole('button', { name: 'Отменить', exact: true }).click();
  await expect(page.getByText('Проверяем подключение…')).toHaveCount(0);
  await gone;
  isSilent = false;
  await run.click();
  await expect(page.getByText('Всё работает')).toBeVisible();
});

test('one of the configuration file is shown and tested, and says where it is changed', async ({ page, site }) => {
  await page.goto(await pathOf(site, 'yandex'));
  await expect(page.getByText('Описан в\u00a0файле конфигурации сервера: меняется там.')).toBeVisible();
  await expect(page.getByText(/Задан, …00aa/)).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Название в списке' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Сохранить' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Проверить', exact: true }).click();
  await expect(page.getByText('Всё работает')).toBeVisible();
});

test('without a connection nothing that was typed is lost, and it is saved after that', async ({ page, context, site, watchdog }) => {
  watchdog.allow(/^console error: Failed to load resource: net::ERR_INTERNET_DISCONNECTED$/);
  await page.goto(await pathOf(site, 'first'));
  const name = page.getByRole('textbox', { name: 'Название в списке' });
  await name.fill('Без связи');
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Сохранить', exact: true }).click();
  await expect(page.getByRole('alert').first()).toBeVisible();
  await expect(name).toHaveValue('Без связи');
  await context.setOffline(false);
  await page.getByRole('button', { name: 'Сохранить', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Без связи' })).toBeVisible();
});

test('every page of providers is walked by keyboard, and the focus can always be seen', async ({ page, isMobile }) => {
  test.skip(isMobile, 'phones have no keyboard');
  const focused = page.locator(':focus-visible');
  /** By Tab, as somebody without a mouse goes there. */
  const tabTo = async (role: 'link' | 'button' | 'radio' | 'textbox', name: string | RegExp): Promise<void> => {
    const wanted = page.getByRole(role, { name, ...(typeof name === 'string' && { exact: true }) }).first();
    await expect(wanted).toBeVisible();
    for (let steps = 0; steps < 80; steps += 1) {
      if (await wanted.evaluate((element) => element === document.activeElement)) break;
      await page.keyboard.press('Tab');
    }
    await expect(wanted).toBeFocused();
    await expect(focused).toHaveCount(1);
  };
  await page.goto('/settings/providers');
  await tabTo('link', 'Подключить провайдера');
  await page.keyboard.press('Enter');
  await tabTo('link', 'YandexGPT');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Новый провайдер: YandexGPT' })).toBeFocused();
  await tabTo('radio', /API-ключ/);
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('radio', { name: /Файл/ })).toBeChecked();
  await page.keyboard.press('ArrowLeft');
  await tabTo('textbox', /^API-ключ/);
  await page.keyboard.type('t1.token');
  await tabTo('button', 'Дополнительно');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: /^Адрес API/ })).toBeVisible();
  await tabTo('button', 'Проверить');
  await page.keyboard.press('Enter');
  // The server's word stands at the field, in the reader's language, and is read with it.
  await expect(page.getByRole('textbox', { name: /^API-ключ/ })).toHaveAccessibleDescription(/Это IAM-токен, а не API-ключ/);
  await page.keyboard.press('Escape');
  await expect(page.getByText('Чем помочь?')).toBeVisible();
});

test.describe('in English', () => {
  test.use({ locale: 'en-GB' });

  test('the pages of providers and what the server says on them', async ({ page, site }) => {
    await page.goto(await pathOf(site, 'yandex'));
    await expect(page.getByText(/configuration file/).first()).toBeVisible();
    await page.goto('/settings/providers/new/yandexgpt');
    await expect(page.getByRole('heading', { level: 1, name: 'New provider: YandexGPT' })).toBeVisible();
    const key = page.getByRole('textbox', { name: /^API key/ });
    await key.fill('t1.token');
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await expect(key).toHaveAccessibleDescription(/This is an IAM token, not an API key/);
    expect(await page.getByRole('main').innerText()).not.toMatch(/[а-яё]/i);
  });
});
