/// <reference lib="dom" />
import axe from 'axe-core';
import { ask, countTo, expect, test } from './walk.ts';

test.beforeEach(async ({ page }) => {
  await page.goto('/');
  await expect(page.getByText('Чем помочь?')).toBeVisible();
});

test('an answer is drawn from its Markdown: heading, code, table, list and formula', async ({ page }) => {
  await ask(page, 'Покажите разметку [[markdown]]');
  const log = page.getByRole('log');
  await expect(log.getByRole('table')).toBeVisible();
  await expect(log.locator('pre code')).toBeVisible();
  await expect(log.locator('.katex').first()).toBeAttached();
  await expect(log.getByRole('heading').nth(2)).toBeVisible();
});

test('what was selected while the answer grew is still selected at its end', async ({ page }) => {
  await ask(page, 'Покажите разметку [[markdown]] [[delay 40]]');
  const log = page.getByRole('log');
  await expect(log.locator('pre code')).toBeVisible();
  // The first block is settled by now; the last ones still change.
  const settled = log.getByRole('article').last().getByRole('heading').nth(1);
  const title = await settled.innerText();
  await settled.evaluate((heading) => getSelection()?.selectAllChildren(heading));
  await expect(page.getByRole('status').filter({ hasText: 'Ответ готов' })).toBeAttached();
  expect(await page.evaluate(() => getSelection()?.toString())).toBe(title);
});

test('regenerate makes a second version, and both stay reachable', async ({ page }) => {
  await ask(page, 'Сколько будет [[long 5]]');
  const log = page.getByRole('log');
  await expect(log).toContainText(countTo(5));
  await log
    .getByRole('button', { name: /^Ответить заново$/ })
    .first()
    .click();
  await expect(log.getByText('2/2')).toBeVisible();
  await log.getByRole('button', { name: /Предыдущ/ }).click();
  await expect(log.getByText('1/2')).toBeVisible();
});

test('an edited question is a new branch', async ({ page }) => {
  await ask(page, 'Первый вопрос [[say Первый ответ]]');
  const log = page.getByRole('log');
  await expect(log).toContainText('Первый ответ');
  await page.getByRole('textbox', { name: 'Сообщение' }).press('ArrowUp');
  const editor = log.getByRole('textbox');
  await editor.fill('Второй вопрос [[say Второй ответ]]');
  await log.getByRole('button', { name: 'Отправить' }).click();
  await expect(log).toContainText('Второй ответ');
  await expect(log).not.toContainText('Первый ответ');
  await expect(log.getByText('2/2')).toBeVisible();
});

test('a stopped answer can be continued in place', async ({ page }) => {
  await ask(page, 'Досчитай [[long 30]] [[stall 5]]');
  const log = page.getByRole('log');
  await expect(log).toContainText('1 2 3 4 5');
  await page.getByRole('button', { name: /Остановить/ }).click();
  await expect(page.getByText('Вы остановили ответ')).toBeVisible();
  await log.getByRole('button', { name: 'Продолжить' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Ответ готов' })).toBeAttached();
  await expect(log.getByRole('article')).toHaveCount(2);
  await expect(log).toContainText('1 2 3 4 5');
});

test('an answer without a word says so, and can be asked for again', async ({ page }) => {
  // The model wants a tool that nobody offered.
  await ask(page, 'Погода? [[tool weather]]');
  const log = page.getByRole('log');
  await expect(log).toContainText('Модель закончила, не написав ни слова');
  await log.getByRole('button', { name: 'Спросить снова' }).click();
  await expect(log.getByText('2/2')).toBeVisible();
});

test('no accessibility violations on the new chat and in a conversation', async ({ page }) => {
  const violations = async (): Promise<readonly string[]> => {
    await page.evaluate(axe.source);
    // The source puts `axe` into the page.
    const found = await page.evaluate<axe.AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  };
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    expect(await violations()).toEqual([]);
  }
  await ask(page, 'Покажите разметку [[markdown]]');
  await expect(page.getByRole('status').filter({ hasText: 'Ответ готов' })).toBeAttached();
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    expect(await violations()).toEqual([]);
  }
});
