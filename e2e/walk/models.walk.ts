/// <reference lib="dom" />
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exampleOpenAiKey, startOpenAiSimulator } from '@multimodel/simulators';
import type { Page } from '@playwright/test';
import axe from 'axe-core';
import { createDataDir } from '../src/server-process.ts';
import { openSite } from './open-site.ts';
import { ask, test as base, expect } from './walk.ts';

const families = ['Falcon', 'Heron', 'Kestrel', 'Magpie', 'Osprey', 'Plover', 'Raven', 'Swift'];

/** Four hundred of one vendor, some that see and some that think, beside those of another. */
const many = Array.from({ length: 400 }, (_, index) => ({
  id: `${families[index % families.length]?.toLowerCase()}/${families[index % families.length]}-${index}`,
  kind: 'chat' as const,
  contextWindow: [8192, 32_768, 131_072, 1_000_000][index % 4] ?? 8192,
  hasVision: index % 3 === 0,
  hasReasoning: index % 5 === 0,
}));

const test = base.extend({
  site: [
    async ({ simulator }, use) => {
      await using router = await startOpenAiSimulator({ dialect: 'openrouter', models: many });
      const dataDir = await createDataDir(simulator.url);
      const yandex = { apiKey: 'AQVNexample0000000000000000000000000000aa', folderId: 'b1gaaaaaaaaaaaaaaaaa', baseUrl: simulator.url };
      const providers = [
        { slug: 'yandex', plugin: 'yandexgpt', displayName: 'YandexGPT', settings: { ...yandex, openaiBaseUrl: `${simulator.url}/v1` } },
        {
          slug: 'router',
          plugin: 'openai-compatible',
          displayName: 'OpenRouter',
          settings: { preset: 'openrouter', apiKey: exampleOpenAiKey, baseUrl: router.baseUrl },
        },
      ];
      await writeFile(join(dataDir, 'mmc.config.json'), JSON.stringify({ plugins: ['./gone.mjs'], providers }));
      await using site = await openSite(dataDir);
      await use(site);
    },
    { scope: 'worker' },
  ],
});

const trigger = (page: Page) => page.locator('.model-trigger');
const search = (page: Page) => page.getByRole('combobox', { name: 'Найти модель' });
const options = (page: Page) => page.getByRole('listbox', { name: 'Модель' }).getByRole('option');
/** What Enter would take. */
const active = (page: Page) => page.locator('.model-option[data-highlighted]');

async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    const { violations } = await page.evaluate<axe.AxeResults>(
      'axe.run(document.querySelector("[role=dialog]"), { resultTypes: ["violations"] })',
    );
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  }
}

test.beforeEach(async ({ page }) => {
  await page.goto('/');
  await expect(page.getByText('Чем помочь?')).toBeVisible();
});

test('among four hundred models one is found by a few letters, and stands among the recent ones from then on', async ({
  page,
  isMobile,
}) => {
  await trigger(page).click();
  await expect(options(page).first()).toBeVisible();
  expect(await options(page).count()).toBeGreaterThan(400);
  if (!isMobile) await expect(search(page)).toBeFocused();
  await expectAccessible(page);
  await search(page).fill('magpie 395');
  await expect(options(page)).toHaveCount(1);
  await expect(options(page)).toContainText('Magpie-395');
  await expect(page.getByRole('status').filter({ hasText: 'Найден 1 вариант' })).toBeAttached();
  await expectAccessible(page);
  await search(page).press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(trigger(page)).toContainText('Magpie-395');
  await expect(trigger(page)).toBeFocused();
  await page.reload();
  await trigger(page).click();
  await expect(page.getByRole('group', { name: 'Недавние' }).getByRole('option')).toHaveAccessibleName(/Magpie-395/);
  await expect(page.getByRole('group', { name: 'Недавние' }).getByRole('option', { selected: true })).toBeInViewport();
});

test('keys alone: down to open, arrows and pages to move, Enter to take, Esc to leave all as it was', async ({ page, isMobile }) => {
  test.skip(isMobile);
  await trigger(page).focus();
  await page.keyboard.press('ArrowDown');
  await expect(search(page)).toBeFocused();
  const chosen = await trigger(page).textContent();
  await page.keyboard.type('osprey');
  await expect(options(page)).toHaveCount(50);
  await page.keyboard.press('PageDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await expect(active(page)).toHaveId(/osprey/);
  await expect(active(page)).toBeInViewport();
  await page.keyboard.press('Escape');
  await expect(trigger(page)).toBeFocused();
  expect(await trigger(page).textContent()).toBe(chosen);
  await page.keyboard.press('Enter');
  await page.keyboard.type('raven-398');
  await page.keyboard.press('Enter');
  await expect(trigger(page)).toContainText('Raven-398');
});

test('the row tells what a model can, holds and costs; no match says so and leads to the providers', async ({ page }) => {
  await trigger(page).click();
  await search(page).fill('falcon-0');
  const row = options(page).first();
  await expect(row).toHaveAccessibleName(
    /Falcon-0 картинки, инструменты, рассуждения, контекст\s8\sтыс\.\sтокенов, вопрос\s0,2\s\$, ответ\s0,6\s\$\sза\sмиллион/,
  );
  await expect(row.getByText(/^8\sтыс\.$/)).toBeVisible();
  await search(page).fill('такой модели точно нет');
  await expect(page.getByText('Такой модели нет')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Настройки провайдеров' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Провайдеры' })).toBeVisible();
});

test('opened before the models are there, the list has the focus as soon as it comes', async ({ page, isMobile }) => {
  test.skip(isMobile);
  const { promise: isOpen, resolve: open } = Promise.withResolvers<void>();
  await page.route('**/api/v1/models*', async (route) => {
    await isOpen;
    await route.continue();
  });
  await page.reload();
  await trigger(page).press('Enter');
  await expect(page.getByText('Загружаем…')).toBeVisible();
  open();
  await expect(search(page)).toBeFocused();
});

test('whom to ask instead is chosen from the same list, and is recent from then on', async ({ page }) => {
  await ask(page, 'Привет [[say Первый ответ]]');
  await expect(page.getByRole('log')).toContainText('Первый ответ');
  const other = page.getByRole('button', { name: 'Ответить заново другой моделью' });
  await other.click();
  await expect(page.getByRole('dialog', { name: 'Ответить заново другой моделью' })).toBeVisible();
  await expect(page.getByRole('option', { selected: true })).toHaveCount(0);
  await search(page).fill('kestrel-10');
  await search(page).press('Enter');
  await expect(page.getByText('2/2')).toBeVisible();
  await expect(page.getByRole('log')).toContainText('Kestrel-10');
  await trigger(page).click();
  await expect(page.getByRole('group', { name: 'Недавние' })).toContainText('Kestrel-10');
});

test('a plugin that could not be loaded is told of among the providers, and the rest works', async ({ page }) => {
  await page.goto('/settings/providers');
  const notice = page.getByRole('region', { name: 'Не удалось загрузить плагины' });
  await expect(notice).toContainText('./gone.mjs');
  await expect(notice).toContainText('There is no such file');
  await expect(page.getByRole('link', { name: 'OpenRouter' })).toBeVisible();
});

test('on a phone the list is a sheet, and the search stays in view above the keyboard', async ({ page, isMobile }) => {
  test.skip(!isMobile);
  await page.setViewportSize({ width: 360, height: 740 });
  await trigger(page).tap();
  const sheet = page.getByRole('dialog', { name: 'Модель' });
  await expect(sheet).toBeVisible();
  await expect(search(page)).not.toBeFocused();
  expect((await sheet.boundingBox())?.height).toBeGreaterThan(640);
  await search(page).tap();
  // As a keyboard leaves it.
  await page.setViewportSize({ width: 360, height: 400 });
  await expect(search(page)).toBeInViewport({ ratio: 1 });
  await expect(options(page).first()).toBeInViewport();
  await search(page).fill('swift-7');
  await options(page).first().tap();
  await expect(trigger(page)).toContainText('Swift-7');
});
