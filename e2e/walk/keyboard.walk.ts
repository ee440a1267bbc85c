/// <reference lib="dom" />
import type { Page } from '@playwright/test';
import axe from 'axe-core';
import { ask, countTo, expect, test } from './walk.ts';

// A phone has no such keys.
test.skip(({ isMobile }) => isMobile);

test.beforeEach(async ({ page }) => {
  await page.goto('/');
  await expect(page.getByText('Чем помочь?')).toBeVisible();
  await expect(composerOf(page)).toBeFocused();
});

const composerOf = (page: Page) => page.getByRole('textbox', { name: 'Сообщение', exact: true });
const paletteOf = (page: Page) => page.getByRole('combobox', { name: 'Чат, команда или модель' });
const answered = (page: Page) => expect(page.getByRole('status').filter({ hasText: 'Ответ готов' })).toBeAttached();

/** The keys of a Russian layout: the same places, other letters. */
async function pressRussian(page: Page, code: string, key: string, held: { ctrl?: boolean; shift?: boolean } = {}): Promise<void> {
  const init = { code, key, ctrlKey: held.ctrl ?? false, shiftKey: held.shift ?? false, bubbles: true, cancelable: true };
  await page.evaluate((event) => document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', event)), init);
}

/** What has the focus is on the screen, and shows that it has it. */
async function expectVisibleFocus(page: Page): Promise<void> {
  const seen = await page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return 'nothing has the focus';
    const { top, bottom, left, right } = element.getBoundingClientRect();
    if (bottom < 0 || top > innerHeight || right < 0 || left > innerWidth) return `out of view: ${element.outerHTML}`;
    // The frame of a field shows it where the field itself has no room to.
    const frames = [element, element.closest('.composer, .palette-head, .question-editor')].filter((frame) => frame !== null);
    const isShown = frames.some((frame) => {
      const style = getComputedStyle(frame);
      return style.outlineStyle !== 'none' || style.boxShadow !== 'none' || frame !== element;
    });
    return isShown ? '' : `not to be seen: ${element.outerHTML}`;
  });
  expect(seen).toBe('');
}

async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate<axe.AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
  // An open menu belongs to its button and stands in no landmark; everything else does.
  const isMenu = (html: string) => html.includes('role="menu"');
  const faults = found.violations.filter(({ id, nodes }) => id !== 'region' || !nodes.every(({ html }) => isMenu(html)));
  return faults.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

async function violationsInBothThemes(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    // What is still fading in has the contrast of half a word.
    await page.evaluate(async () => {
      const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY);
      await Promise.allSettled(ending.map(({ finished }) => finished));
    });
    found.push(...(await violations(page)));
  }
  return found;
}

test('a day without a mouse', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const log = page.getByRole('log');
  await page.keyboard.type('Посчитайте [[long 5]]');
  await page.keyboard.press('Enter');
  await answered(page);
  await expect(composerOf(page)).toBeFocused();
  await expectVisibleFocus(page);

  await test.step('copy the last answer', async () => {
    await page.keyboard.press('Control+Shift+C');
    await expect(page.getByText('Скопировано').first()).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(countTo(5));
    await expect(composerOf(page)).toBeFocused();
  });
  await test.step('answer again from the palette, and switch between the versions', async () => {
    await page.keyboard.press('Control+K');
    await expect(paletteOf(page)).toBeFocused();
    await expectVisibleFocus(page);
    await page.keyboard.type('заново');
    await page.keyboard.press('Enter');
    await expect(log.getByText('2/2')).toBeVisible();
    await answered(page);
    await log.getByRole('button', { name: 'Предыдущий вариант' }).focus();
    await page.keyboard.press('Enter');
    await expect(log.getByText('1/2')).toBeVisible();
    await expect(log.getByRole('button', { name: 'Предыдущий вариант' })).toBeFocused();
    await expectVisibleFocus(page);
  });
  await test.step('change the last question with the arrow, and leave it', async () => {
    await page.keyboard.press('/');
    await expect(composerOf(page)).toBeFocused();
    await expect(composerOf(page)).toHaveValue('');
    await page.keyboard.press('ArrowUp');
    await expect(page.getByRole('textbox', { name: 'Изменить сообщение' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(composerOf(page)).toBeFocused();
  });
  await test.step('settings of the answer: open, and back', async () => {
    await page.getByRole('button', { name: /Настройки ответа/ }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: /Настройки ответа/ })).toBeFocused();
    await expectVisibleFocus(page);
  });
  await test.step('theme and language', async () => {
    await page.keyboard.press('Control+K');
    await expect(paletteOf(page)).toBeFocused();
    await page.keyboard.type('тёмная');
    await page.keyboard.press('Enter');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await page.keyboard.press('Control+K');
    await expect(paletteOf(page)).toBeFocused();
    await page.keyboard.type('english');
    await page.keyboard.press('Enter');
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await page.keyboard.press('Control+K');
    await expect(page.getByRole('combobox', { name: 'Chat, command or model' })).toBeFocused();
    await page.keyboard.type('русский');
    await page.keyboard.press('Enter');
    await expect(page.locator('html')).toHaveAttribute('lang', 'ru');
    await page.keyboard.press('Control+K');
    await expect(paletteOf(page)).toBeFocused();
    await page.keyboard.type('как в системе');
    await page.keyboard.press('Enter');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  });
  await test.step('a new chat', async () => {
    await page.keyboard.press('Control+Shift+O');
    await expect(page).toHaveURL(/\/$/);
    await expect(composerOf(page)).toBeFocused();
  });
});

test('the list of chats: arrows, letters, rename, delete and undo', async ({ page }) => {
  for (const title of ['Зима', 'Весна', 'Осень']) {
    await ask(page, `${title} [[say Да]]`);
    await answered(page);
    await expect(page.getByRole('navigation').getByRole('link', { name: title })).toBeVisible();
    await page.keyboard.press('Control+Shift+O');
    await expect(page.getByText('Чем помочь?')).toBeVisible();
  }
  const chat = (title: string) => page.getByRole('navigation').getByRole('link', { name: title });
  await page.keyboard.press('F6');
  await expect(chat('Осень')).toBeFocused();
  await expectVisibleFocus(page);
  await page.keyboard.press('ArrowDown');
  await expect(chat('Весна')).toBeFocused();
  await page.keyboard.press('Home');
  await expect(chat('Осень')).toBeFocused();
  await pressRussian(page, 'KeyP', 'з');
  await pressRussian(page, 'KeyB', 'и');
  await expect(chat('Зима')).toBeFocused();

  await page.keyboard.press('F2');
  await expect(page.getByRole('textbox', { name: 'Название чата' })).toBeFocused();
  await page.keyboard.type('Лето');
  await page.keyboard.press('Enter');
  await expect(chat('Лето')).toBeFocused();
  await page.keyboard.press('F2');
  await page.keyboard.type('Забыто');
  await page.keyboard.press('Escape');
  await expect(chat('Лето')).toBeFocused();
  await expectVisibleFocus(page);

  await page.keyboard.press('ArrowUp');
  await expect(chat('Весна')).toBeFocused();
  await page.keyboard.press('Delete');
  await expect(chat('Весна')).toHaveCount(0);
  await expect(chat('Лето')).toBeFocused();
  await expectVisibleFocus(page);
  // The notice first, then what can be done about it.
  await page.keyboard.press('F6');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Вернуть' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(chat('Весна')).toBeVisible();
  expect(await page.evaluate(() => document.activeElement !== document.body)).toBe(true);

  // The chat that is open goes, and the reader stays in the list.
  await chat('Лето').press('Enter');
  await expect(composerOf(page)).toBeFocused();
  await expect(page.getByRole('log')).toContainText('Да');
  // Past the notice, as long as there is one.
  await expect(async () => {
    await page.keyboard.press('Shift+F6');
    await expect(chat('Лето')).toBeFocused({ timeout: 500 });
  }).toPass();
  await page.keyboard.press('Delete');
  await expect(page).toHaveURL(/\/$/);
  await expect(chat('Лето')).toHaveCount(0);
  await expect(page.getByRole('navigation').locator('.chat-link:focus')).toHaveCount(1);
  await expectVisibleFocus(page);
});

test('Esc closes what is open first, and only then stops the answer', async ({ page }) => {
  await ask(page, 'Остановлю [[long 60]] [[stall 5]]');
  await expect(page.getByRole('log')).toContainText('1 2 3 4 5');
  const stopped = page.getByText('Вы остановили ответ');
  await page.keyboard.press('Control+K');
  await expect(paletteOf(page)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(paletteOf(page)).toHaveCount(0);
  await page.getByRole('button', { name: /^Модель/ }).press('Enter');
  await expect(page.getByRole('listbox')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('listbox')).toHaveCount(0);
  await expect(stopped).toHaveCount(0);
  // Its own name is shown as a tooltip, which listens to Esc too.
  await page.getByRole('button', { name: /Остановить/ }).focus();
  await page.getByRole('button', { name: /Остановить/ }).hover();
  await expect(page.locator('.tooltip')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(stopped).toBeVisible();
});

test('the palette finds chats, also with typos and on the wrong layout, and says when there is nothing', async ({ page }) => {
  await ask(page, 'Привет из Казани [[say Да]]');
  await answered(page);
  await page.keyboard.press('Control+Shift+O');
  const option = page.getByRole('option');
  for (const query of ['казань', 'rfpfym', 'привте']) {
    await page.keyboard.press('Control+K');
    await expect(paletteOf(page)).toBeFocused();
    await page.keyboard.type(query);
    await expect(option.first()).toContainText('Привет из Казани');
    await expect(option.first()).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Escape');
    await expect(paletteOf(page)).toHaveCount(0);
  }
  await page.keyboard.press('Control+K');
  await expect(paletteOf(page)).toBeFocused();
  await page.keyboard.type('ъъъъъ');
  await expect(page.getByText('Ничего не нашлось')).toBeVisible();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('rfpfym');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/chat\//);
  await expect(page).toHaveTitle(/Привет из Казани/);
});

test('on a Russian layout the same places do the same', async ({ page }) => {
  await pressRussian(page, 'KeyK', 'л', { ctrl: true });
  await expect(paletteOf(page)).toBeFocused();
  await pressRussian(page, 'KeyK', 'л', { ctrl: true });
  await expect(paletteOf(page)).toHaveCount(0);
  await pressRussian(page, 'Slash', '.', { ctrl: true });
  await expect(page.getByRole('dialog', { name: 'Горячие клавиши' })).toBeVisible();
  await page.keyboard.press('Escape');
  await ask(page, 'Вопрос [[say Да]]');
  await answered(page);
  await pressRussian(page, 'KeyO', 'Щ', { ctrl: true, shift: true });
  await expect(page.getByText('Чем помочь?')).toBeVisible();
});

test('the sheet lists what works, and each of its keys does', async ({ page }) => {
  await page.getByRole('button', { name: 'Новый чат' }).focus();
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Горячие клавиши' });
  await expect(sheet).toBeVisible();
  await expect(sheet.getByText('Новый чат')).toBeVisible();
  await expect(sheet.getByText('Переписка')).toHaveCount(0);
  await expect(sheet.getByText('Остановить ответ')).toHaveCount(0);
  await page.keyboard.press('Control+/');
  await expect(sheet).toHaveCount(0);
  // A question mark in a field is just one.
  await composerOf(page).focus();
  await page.keyboard.type('Как?');
  await expect(composerOf(page)).toHaveValue('Как?');
  await expect(sheet).toHaveCount(0);
});

test('@ chooses a model and / a command while one writes; Esc leaves the text', async ({ page }) => {
  const models = page.getByRole('listbox', { name: 'Модели' });
  await page.keyboard.type('Скажи @');
  await expect(models).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(models).toHaveCount(0);
  await expect(composerOf(page)).toHaveValue('Скажи @');
  await expect(composerOf(page)).toBeFocused();
  await page.keyboard.type('lite');
  await expect(models).toHaveCount(0);
  await page.keyboard.press('Control+A');
  await page.keyboard.type('Скажи @lite');
  await expect(models.getByRole('option').first()).toContainText(/lite/i);
  const name = (await models.getByRole('option').first().locator('span').first().innerText()).trim();
  await page.keyboard.press('Enter');
  await expect(composerOf(page)).toHaveValue('Скажи ');
  await expect(page.getByRole('button', { name: /^Модель/ })).toContainText(name);
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  await page.keyboard.type('/тёмн');
  await expect(page.getByRole('listbox', { name: 'Команды' })).toHaveCount(0);
  await page.keyboard.press('Control+A');
  await page.keyboard.type('/клавиши');
  await expect(page.getByRole('listbox', { name: 'Команды' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Горячие клавиши' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(composerOf(page)).toHaveValue('');
  await expect(composerOf(page)).toBeFocused();
});

test('J and K go from message to message, and each has its menu', async ({ page }) => {
  await ask(page, 'Первый [[say Раз]]');
  await answered(page);
  const log = page.getByRole('log');
  const [question, answer] = [log.getByRole('article', { name: 'Вы' }), log.getByRole('article', { name: 'Ответ' })];
  await page.keyboard.press('Shift+F6');
  await expect(log).toBeFocused();
  await page.keyboard.press('k');
  await expect(answer).toBeFocused();
  await expectVisibleFocus(page);
  await pressRussian(page, 'KeyK', 'л');
  await expect(question).toBeFocused();
  await page.keyboard.press('j');
  await expect(answer).toBeFocused();
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menuitem', { name: 'Копировать ответ' })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(answer).toBeFocused();
  await page.keyboard.press('k');
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Изменить' }).press('Enter');
  await expect(page.getByRole('textbox', { name: 'Изменить сообщение' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(question.getByRole('button', { name: 'Изменить' })).toBeFocused();
});

test('the palette leads to the settings; keys without Ctrl can be switched off there, and stay so', async ({ page }) => {
  await page.keyboard.press('Control+K');
  await paletteOf(page).pressSequentially('настройки');
  await expect(page.getByRole('option', { name: 'Настройки: Провайдеры' })).toBeVisible();
  await page.getByRole('option', { name: 'Настройки: Общие' }).click();
  await expect(page).toHaveURL(/\/settings\/general$/);
  const keys = page.getByRole('switch', { name: /^Клавиши без/ });
  await keys.focus();
  await page.keyboard.press('Space');
  await expect(keys).not.toBeChecked();
  await page.keyboard.press('?');
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/\/$/);
  await page.reload();
  await page.getByRole('button', { name: 'Новый чат' }).first().focus();
  await page.keyboard.press('?');
  await page.keyboard.press('/');
  await expect(page.getByRole('button', { name: 'Новый чат' }).first()).toBeFocused();
  await page.keyboard.press('Control+/');
  const sheet = page.getByRole('dialog', { name: 'Горячие клавиши' });
  await expect(sheet).toBeVisible();
  await expect(sheet.locator('kbd', { hasText: '?' })).toHaveCount(0);
});

test('the palette keeps the focus when it is opened while a panel still closes', async ({ page }) => {
  for (let round = 0; round < 3; round += 1) {
    await page.getByRole('button', { name: 'Настройки ответа' }).press('Enter');
    await expect(page.getByRole('dialog', { name: 'Настройки ответа' })).toBeVisible();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+K');
    await expect(paletteOf(page)).toBeFocused();
    await expect(page.getByRole('dialog', { name: 'Настройки ответа' })).toHaveCount(0);
    await expect(paletteOf(page)).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.locator('body')).not.toBeFocused();
  }
});

test('no accessibility violations in palette, sheet, lists and menus, in both themes', async ({ page }) => {
  await page.keyboard.press('Control+K');
  await expect(page.getByRole('option').first()).toBeVisible();
  expect(await violationsInBothThemes(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+/');
  await expect(page.getByRole('dialog', { name: 'Горячие клавиши' })).toBeVisible();
  expect(await violationsInBothThemes(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(composerOf(page)).toBeFocused();
  await page.keyboard.type('@');
  await expect(page.getByRole('listbox')).toBeVisible();
  expect(await violationsInBothThemes(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Модель/ }).press('Enter');
  await expect(page.getByRole('listbox')).toBeVisible();
  expect(await violationsInBothThemes(page)).toEqual([]);
});

test('a title is a field until Enter', async ({ page }) => {
  await ask(page, 'Прежнее название [[say да]]');
  await answered(page);
  await page.getByRole('main').getByRole('button', { name: 'Прежнее название', exact: false }).press('Enter');
  await expect(page.getByRole('textbox', { name: 'Название чата' })).toBeFocused();
  await page.keyboard.type('Новое название');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main').getByRole('button', { name: 'Новое название' })).toBeFocused();
});
