/// <reference lib="dom" />
import { createClient } from '@multimodel/client';
import { exampleApiKey, exampleFolderId } from '@multimodel/simulators';
import type { Page } from '@playwright/test';
import axe from 'axe-core';
import { test } from './fresh-installation.ts';
import { ask, expect } from './walk.ts';

const wrongKey = 'AQVNwrong0000000000000000000000000000000';

test.beforeEach(async ({ site }) => {
  const client = createClient({ baseUrl: site.url });
  for (const { id, source } of (await client.providers.list()).items) if (source === 'user') await client.providers.delete(id);
});

/** A provider that is connected already. */
const connect = (site: { readonly url: string }, vendorUrl: string, settings: Record<string, string> = {}) =>
  createClient({ baseUrl: site.url }).providers.create({
    plugin: 'yandexgpt',
    settings: { apiKey: exampleApiKey, baseUrl: vendorUrl, openaiBaseUrl: `${vendorUrl}/v1`, ...settings },
  });

async function fillAddresses(page: Page, vendorUrl: string): Promise<void> {
  await page.getByRole('button', { name: 'Дополнительно' }).click();
  await page.getByRole('textbox', { name: /^Адрес API/ }).fill(vendorUrl);
  await page.getByRole('textbox', { name: /^Адрес OpenAI/ }).fill(`${vendorUrl}/v1`);
}

async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  // The source puts `axe` into the page.
  const found = await page.evaluate<axe.AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

async function expectAccessible(page: Page): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    expect(await violations(page)).toEqual([]);
  }
}

test('a fresh page connects YandexGPT: a wrong key in plain words, then the folder is found and an answer streams', async ({
  page,
  simulator,
}) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Подключить YandexGPT' })).toBeVisible();
  await expectAccessible(page);
  await fillAddresses(page, simulator.url);
  await page.getByRole('button', { name: 'Проверить и подключить' }).click();
  await expect(page.getByText('Заполните это поле.')).toBeVisible();
  const key = page.getByRole('textbox', { name: /^API-ключ/ });
  await expect(key).toBeFocused();
  await key.fill(wrongKey);
  await page.getByRole('button', { name: 'Проверить и подключить' }).click();
  await expect(page.getByText('Проверка не прошла')).toBeVisible();
  await expect(page.getByText(/не принял API-ключ/)).toBeVisible();
  // What to do next is above the composer, not below it.
  await expect(page.getByRole('button', { name: 'Сохранить без проверки' })).toBeInViewport({ ratio: 1 });
  await key.fill(exampleApiKey);
  await page.getByRole('button', { name: 'Проверить и подключить' }).click();
  await expect(page.getByRole('status').filter({ hasText: `Каталог ${exampleFolderId} нашли сами` })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Сообщение' })).toBeFocused();
  await expect(page.locator('.model-trigger')).not.toContainText('демо');
  await ask(page, 'Привет [[say Здравствуйте, я на связи]]');
  await expect(page.getByRole('log')).toContainText('Здравствуйте, я на связи');
});

test('the invitation can be put away and found again', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Не сейчас' }).click();
  await expect(page.getByText('Чем помочь?')).toBeVisible();
  await page.reload();
  await expect(page.getByText('Чем помочь?')).toBeVisible();
  await expect(page.getByText('С чего начнём?')).toHaveCount(0);
  await page.locator('.model-trigger').click();
  await page.getByRole('button', { name: 'Подключить провайдера…' }).click();
  await expect(page).toHaveURL(/\/settings\/providers\/new$/);
  await page.getByRole('link', { name: 'YandexGPT' }).click();
  await expect(page.getByRole('heading', { name: 'Новый провайдер: YandexGPT' })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(page.getByText('Чем помочь?')).toBeVisible();
});

test('a provider is edited, and its secret is told about but never shown', async ({ page, site, simulator }) => {
  const { id } = await connect(site, simulator.url, { folderId: exampleFolderId });
  await page.goto(`/settings/providers/${id}`);
  await expect(page.getByText(/Задан, …00aa/)).toBeVisible();
  expect(await page.content()).not.toContain(exampleApiKey);
  await page.getByRole('textbox', { name: 'Название в списке' }).fill('Рабочий');
  await page.getByRole('button', { name: 'API-ключ' }).click();
  await page.getByRole('textbox', { name: /^API-ключ/ }).fill(wrongKey);
  await page.getByRole('button', { name: 'Сохранить' }).click();
  await expect(page.getByText('Сохранено, но проверка не прошла')).toBeVisible();
  await expect(page.getByText(/не принял API-ключ/).first()).toBeVisible();
  await expect(page.getByText(/Задан, …0000/)).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'Рабочий' })).toBeVisible();
  await expectAccessible(page);
});

test('a second account of one service gets names of its own, and the list tells the two apart', async ({
  page,
  site,
  simulator,
  watchdog,
}) => {
  watchdog.allow(/status of 409/);
  await connect(site, simulator.url, { folderId: exampleFolderId });
  await page.goto('/settings/providers/new/yandexgpt');
  const name = page.getByRole('textbox', { name: 'Название в списке' });
  await expect(name).toHaveAttribute('placeholder', 'YandexGPT 2');
  await expect(page.getByText('Модели будут называться yandexgpt-2/…')).toBeVisible();
  await page.getByRole('button', { name: 'Изменить' }).click();
  const slug = page.getByRole('textbox', { name: 'Имя перед моделями' });
  await expect(slug).toBeFocused();
  await slug.fill('yandexgpt');
  await page.getByRole('textbox', { name: /^API-ключ/ }).fill(exampleApiKey);
  await fillAddresses(page, simulator.url);
  await page.getByRole('button', { name: 'Сохранить' }).click();
  await expect(slug).toHaveAttribute('aria-invalid', 'true');
  await expectAccessible(page);
  await slug.fill('work');
  await page.getByRole('button', { name: 'Сохранить' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'YandexGPT 2' })).toBeVisible();
  await page.goto('/settings/providers');
  await expect(page.getByRole('listitem').filter({ hasText: 'YandexGPT 2' })).toContainText('work');
});

test('the form of compatible services tells of each: address, key and where to get it', async ({ page }) => {
  await page.goto('/settings/providers/new/openai-compatible');
  const service = page.getByRole('combobox', { name: 'Сервис' });
  await service.selectOption('OpenRouter');
  await expect(page.getByRole('status').filter({ hasText: 'https://openrouter.ai/api/v1' })).toContainText('Нужно указать: API-ключ');
  await expect(page.getByRole('link', { name: /openrouter\.ai\/settings\/keys/ })).toHaveAttribute(
    'href',
    'https://openrouter.ai/settings/keys',
  );
  await expect(page.getByRole('textbox', { name: 'Название в списке' })).toHaveAttribute('placeholder', 'OpenRouter');
  await expectAccessible(page);
  await service.selectOption('Ollama');
  await expect(page.getByRole('textbox', { name: /^Адрес API/ })).toHaveAttribute('placeholder', 'http://127.0.0.1:11434/v1');
  await expect(page.getByText('Ключ не нужен. Запускается так: ollama serve')).toBeVisible();
  await expect(page.getByRole('link', { name: /Где взять/ })).toHaveCount(0);
});

test('leaving with changes loses nothing', async ({ page, site, simulator }) => {
  const { id } = await connect(site, simulator.url, { folderId: exampleFolderId });
  await page.goto(`/settings/providers/${id}`);
  const name = page.getByRole('textbox', { name: 'Название в списке' });
  await name.fill('Недописанный');
  await page.getByRole('link', { name: 'Назад' }).click();
  await expect(page.getByText('не сохранено', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Вернуть', exact: true }).click();
  await expect(name).toHaveValue('Недописанный');
  await page.getByRole('button', { name: 'Отменить изменения' }).click();
  await expect(name).toHaveValue('YandexGPT');
});

test('a provider is tested, switched off, moved, deleted and brought back', async ({ page, site, simulator }) => {
  await connect(site, simulator.url, { folderId: exampleFolderId });
  const second = await connect(site, simulator.url, { folderId: exampleFolderId });
  const client = createClient({ baseUrl: site.url });
  await client.providers.update(second.id, { displayName: 'Второй' });
  await page.goto('/settings/providers');
  const row = page.getByRole('listitem').filter({ hasText: 'Второй' });
  await row.getByRole('button', { name: 'Проверить Второй' }).click();
  await expect(row.getByText('Всё работает')).toBeVisible();
  await row.getByRole('switch').click();
  await expect(row.getByText('Выключен')).toBeVisible();
  await row.getByRole('switch').click();
  await expect(row.getByText('Готов')).toBeVisible();
  const up = row.getByRole('button', { name: 'Поднять Второй выше' });
  await up.click();
  await expect(page.locator('.provider-link').nth(1)).toHaveText('Второй');
  await expect(up).toBeFocused();
  await expect.poll(async () => (await client.providers.get(second.id)).position).toBe(1);
  await row.getByRole('button', { name: 'Удалить Второй' }).click();
  await expect(row).toHaveCount(0);
  await page.getByRole('button', { name: 'Вернуть', exact: true }).click();
  await expect(row).toBeVisible();
  expect((await client.providers.list()).items).toHaveLength(3);
  await row.getByRole('button', { name: 'Удалить Второй' }).click();
  // The end of the page is the end of the undo.
  await page.goto('about:blank');
  await expect.poll(async () => (await client.providers.list()).items.length).toBe(2);
});

test('by keyboard alone: a provider is opened, tested and left again', async ({ page, site, simulator, isMobile }) => {
  test.skip(isMobile, 'phones have no keyboard');
  await connect(site, simulator.url, { folderId: exampleFolderId });
  await page.goto('/');
  await expect(page.getByRole('textbox', { name: 'Сообщение' })).toBeFocused();
  await page.getByRole('link', { name: 'Настройки' }).press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Общие' })).toBeFocused();
  await page.getByRole('link', { name: 'Провайдеры' }).press('Enter');
  await page.getByRole('link', { name: 'YandexGPT', exact: true }).press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'YandexGPT' })).toBeFocused();
  await page.getByRole('button', { name: 'Проверить' }).press('Enter');
  await expect(page.getByText('Всё работает')).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/\/settings\/providers$/);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('textbox', { name: 'Сообщение' })).toBeFocused();
});

test('general settings work at once, in both languages', async ({ page, isMobile }) => {
  await page.goto('/settings');
  if (isMobile) await page.getByRole('link', { name: 'Общие' }).click();
  await page.getByText('Тёмная').click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByText('English').click();
  await expect(page.getByRole('heading', { level: 1, name: 'General' })).toBeVisible();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await page.goto('/settings/providers');
  await expect(page.getByRole('heading', { level: 1, name: 'Providers' })).toBeVisible();
  await expect(page.getByText('Only the demo answers now.')).toBeVisible();
  await page.goto('/settings/providers/new/yandexgpt');
  await expect(page.getByText('In Yandex Cloud, create a service account')).toBeVisible();
  await createClient({ baseUrl: new URL(page.url()).origin }).settings.update({ theme: 'system', language: 'ru' });
});

test('the error of an answer leads to its provider', async ({ page, site, simulator }) => {
  await connect(site, simulator.url, { apiKey: wrongKey, folderId: exampleFolderId });
  await page.goto('/');
  await page.locator('.model-trigger').click();
  await page.getByRole('option', { name: /^YandexGPT 5 Lite/ }).click();
  await ask(page, 'Привет');
  await page.getByRole('link', { name: 'Открыть настройки провайдера' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'YandexGPT' })).toBeVisible();
  await expect(page.getByText('Провайдер не принял ключ').first()).toBeVisible();
});

test('no list of providers, and then one', async ({ page, watchdog }) => {
  watchdog.allow(/Failed to load resource/);
  let isBroken = true;
  await page.route('**/api/v1/providers?*', (route) => (isBroken ? route.abort() : route.continue()));
  await page.goto('/settings/providers');
  await expect(page.getByText('Список провайдеров не загрузился')).toBeVisible();
  isBroken = false;
  await page.getByRole('button', { name: 'Повторить' }).click();
  await expect(page.getByRole('link', { name: 'Подключить провайдера' })).toBeVisible();
});
