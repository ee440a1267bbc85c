import type { BrowserContext, Page } from '@playwright/test';
import { ask, countTo, expect, test } from './walk.ts';

const composerOf = (page: Page) => page.getByRole('textbox', { name: 'Сообщение', exact: true });
const logOf = (page: Page) => page.getByRole('log');
const listOf = (page: Page) => page.getByRole('navigation', { name: 'Чаты' });
const finished = (page: Page) => page.getByRole('status').filter({ hasText: 'Ответ готов' });

test.skip(({ isMobile }) => isMobile, 'the list of chats lies in a drawer; tabs are the same');

/** Two tabs on one chat that has one answered question. */
async function twoTabs(page: Page, context: BrowserContext, title: string): Promise<Page> {
  await page.goto('/');
  await ask(page, `${title} [[say Готово]]`);
  await expect(finished(page)).toBeAttached();
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(logOf(other)).toContainText('Готово');
  return other;
}

test('a message sent in one tab is answered in both, and stop in one stops both', async ({ page, context }) => {
  const other = await twoTabs(page, context, 'Начало');
  await ask(page, 'Считай [[long 60]] [[stall 12]]');
  await expect(logOf(other)).toContainText(countTo(12));
  await other.getByRole('button', { name: /Остановить/ }).click();
  for (const tab of [page, other]) await expect(tab.getByText('Вы остановили ответ')).toBeVisible();
});

test('a chat renamed, cleared or deleted in one tab is so in the other', async ({ page, context }) => {
  const other = await twoTabs(page, context, 'Прежнее название');
  const chat = listOf(page).locator('.chat-item').filter({ hasText: 'Прежнее название' });
  await chat.getByRole('link').focus();
  await page.keyboard.press('F2');
  await page.getByRole('textbox', { name: 'Название чата' }).fill('Имя из двух вкладок');
  await page.keyboard.press('Enter');
  await expect(listOf(other).getByRole('link', { name: 'Имя из двух вкладок' })).toBeVisible();
  await expect(other).toHaveTitle(/^Имя из двух вкладок/);
  await page.getByRole('button', { name: 'Ещё' }).last().click();
  await page.getByRole('menuitem', { name: 'Очистить чат' }).click();
  await expect(other.getByText('Чем помочь?')).toBeVisible();
  await page.getByRole('button', { name: 'Ещё' }).last().click();
  await page.getByRole('menuitem', { name: 'Удалить чат' }).click();
  await expect(other.getByRole('heading', { name: 'Такого чата нет' })).toBeVisible();
  await expect(listOf(other).getByRole('link', { name: 'Имя из двух вкладок' })).toHaveCount(0);
});

test('theme and language follow', async ({ page, context }) => {
  const other = await twoTabs(page, context, 'Оформление');
  await page.getByRole('button', { name: 'Оформление и язык' }).click();
  await page.getByRole('menuitemradio', { name: 'Тёмная' }).click();
  await expect(other.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('menuitemradio', { name: 'English' }).click();
  await expect(other.locator('html')).toHaveAttribute('lang', 'en');
  await page.getByRole('menuitemradio', { name: 'Русский' }).click();
  await expect(other.locator('html')).toHaveAttribute('lang', 'ru');
});

test('a draft is one text in both tabs, and is gone from both when it is sent', async ({ page, context }) => {
  const other = await twoTabs(page, context, 'Черновик');
  await composerOf(page).fill('Начато здесь');
  await expect(composerOf(other)).toHaveValue('Начато здесь');
  await composerOf(other).fill('Начато здесь, продолжено там [[say Да]]');
  await expect(composerOf(page)).toHaveValue('Начато здесь, продолжено там [[say Да]]');
  await other.getByRole('button', { name: 'Отправить' }).click();
  for (const tab of [page, other]) {
    await expect(composerOf(tab)).toHaveValue('');
    await expect(logOf(tab).locator('.question')).toHaveCount(2);
  }
});

test('two tabs can begin two chats at once', async ({ page, context }) => {
  await page.goto('/');
  const other = await context.newPage();
  await other.goto('/');
  await composerOf(page).fill('Первый из двух [[say Раз]]');
  await composerOf(other).fill('Второй из двух [[say Два]]');
  await expect(composerOf(page)).toHaveValue('Первый из двух [[say Раз]]');
  await page.getByRole('button', { name: 'Отправить' }).click();
  await expect(logOf(page)).toContainText('Раз');
  await expect(composerOf(other)).toHaveValue('Второй из двух [[say Два]]');
  await other.getByRole('button', { name: 'Отправить' }).click();
  await expect(logOf(other)).toContainText('Два');
  await expect(listOf(page).getByRole('link', { name: /Второй из двух/ })).toBeVisible();
});
