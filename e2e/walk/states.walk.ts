import type { Page } from '@playwright/test';
import { simulatedModel } from '../src/server-process.ts';
import { ask, expect, test } from './walk.ts';

// One answer at a time: the rest waits in the queue.
test.use({ providerSettings: { concurrency: 1 } });

const composerOf = (page: Page) => page.getByRole('textbox', { name: 'Сообщение', exact: true });
const logOf = (page: Page) => page.getByRole('log');
const finished = (page: Page) => page.getByRole('status').filter({ hasText: 'Ответ готов' });

test.beforeEach(async ({ page }) => {
  // What a test before has chosen for new chats must not decide.
  await page.request.patch('/api/v1/settings', { data: { defaultModel: simulatedModel } });
  await page.goto('/');
  await expect(page.getByText(/Чем помочь\?|What can I help with\?/)).toBeVisible();
});

test('the queue says its place, counts down, and can be left', async ({ page, context }) => {
  await ask(page, 'Держу [[long 9]] [[stall 3]]');
  await expect(logOf(page)).toContainText('1 2 3');
  const tabs: Page[] = [];
  for (const name of ['Второй', 'Третий', 'Четвёртый']) {
    const tab = await context.newPage();
    await tab.goto('/');
    await ask(tab, `${name} [[say ${name} готов]]`);
    await expect(logOf(tab).getByText(/в\sочереди/i)).toBeVisible();
    tabs.push(tab);
  }
  const [second, third, fourth] = tabs;
  if (!second || !third || !fourth) throw new Error('three tabs were opened');
  await expect(second.getByText('Вы следующие в очереди')).toBeVisible();
  await expect(third.getByText(/В\sочереди, вы\s2-й/)).toBeVisible();
  await expect(fourth.getByText(/В\sочереди, вы\s3-й/)).toBeVisible();
  await second.getByRole('button', { name: /Остановить/ }).click();
  await expect(second.getByText('Вы остановили ответ до первого слова')).toBeVisible();
  await expect(third.getByText('Вы следующие в очереди')).toBeVisible();
  await expect(fourth.getByText(/В\sочереди, вы\s2-й/)).toBeVisible();
  await page.getByRole('button', { name: /Остановить/ }).click();
  await expect(logOf(third)).toContainText('Третий готов');
  await expect(logOf(fourth)).toContainText('Четвёртый готов');
});

test('the time of thinking counts', async ({ page, simulator }) => {
  await page.clock.install();
  await ask(page, 'Подумай [[hold]] [[say Придумал]]');
  await expect(page.getByText(/думает…/)).toBeVisible();
  await page.clock.runFor(5_000);
  await expect(page.getByText(/думает, [5-7]\sс/)).toBeVisible();
  simulator.advance();
  await page.clock.resume();
  await expect(logOf(page)).toContainText('Придумал');
});

const failures = [
  ['401', '[[fail 401]]', 'Провайдер не принял ключ', ['Открыть настройки провайдера', 'Другая модель', 'Повторить']],
  ['403', '[[fail 403]]', 'У ключа нет прав на эту модель', ['Открыть настройки провайдера', 'Другая модель', 'Повторить']],
  ['5xx', '[[fail 500]]', undefined, ['Повторить', 'Другая модель']],
  ['an answer that breaks off', '[[long 9]] [[cut 3]]', 'Ответ провайдера пришёл неполным', ['Продолжить', 'Повторить', 'Другая модель']],
] as const;

for (const [name, directive, title, buttons] of failures) {
  test(`${name}: what happened, what to do, and the buttons for it`, async ({ page }) => {
    await ask(page, `Сломайся ${directive}`);
    const card = logOf(page).locator('.error-card');
    await expect(card.getByRole('alert')).toBeVisible({ timeout: 30_000 });
    if (title) await expect(card.getByRole('alert')).toContainText(title);
    for (const button of buttons) await expect(card.getByText(button, { exact: true })).toBeVisible();
    await card.getByText('Подробности', { exact: true }).click();
    await expect(card.getByText('Код', { exact: true })).toBeVisible();
    await expect(card.getByText('Номер ответа', { exact: true })).toBeVisible();
  });
}

test('a wait that the vendor asked for counts down, and then it can be tried again', async ({ page }) => {
  await page.clock.install();
  await ask(page, 'Не спеши [[fail 429 after=60 x1]] [[say Дождались]]');
  const retry = logOf(page).getByRole('button', { name: /^Повторить через/ });
  await expect(retry).toBeDisabled();
  await page.clock.runFor(61_000);
  await logOf(page).locator('.error-card').getByRole('button', { name: 'Повторить', exact: true }).click();
  await expect(logOf(page)).toContainText('Дождались');
});

test('another model can be asked from the error', async ({ page }) => {
  await ask(page, 'Другой ответит [[fail 401 x1]] [[say Ответил]]');
  await logOf(page).getByRole('button', { name: 'Другая модель' }).click();
  await page.getByRole('option').first().click();
  await expect(finished(page)).toBeAttached();
  await expect(logOf(page).locator('.error-card')).toHaveCount(0);
});

test('a failure shows at the model until the next answer, and new chats stay with the model', async ({ page }) => {
  const model = page.getByRole('button', { name: /^Модель/ });
  await page.request.patch('/api/v1/settings', { data: { defaultModel: null } });
  await ask(page, 'Оступись [[fail 401 x1]] [[say Поправился]]');
  await expect(model).toHaveAccessibleName(/не\sотвечает$/);
  const failed = page.url();
  await page.goto('/');
  await expect(model).toHaveAccessibleName(/не\sотвечает$/);
  await page.goto(failed);
  await logOf(page).locator('.error-card').getByRole('button', { name: 'Повторить', exact: true }).click();
  await expect(logOf(page)).toContainText('Поправился');
  await expect(model).toHaveAccessibleName(/, готова$/);
});

test('a filter stops an answer, and the page says whose', async ({ page }) => {
  await ask(page, 'О запретном [[filter 3]]');
  await expect(logOf(page).getByText(/фильтром содержания|отказался отвечать/)).toBeVisible();
});

test('a message that is too long is refused with the count, and stays', async ({ page }) => {
  await composerOf(page).fill('а'.repeat(200_007));
  await expect(page.getByText(/длиннее предела на\s7\sзнаков/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Отправить' })).toBeDisabled();
});

test('a file that is dropped where no message is written does not take the page away, and the page says where it belongs', async ({
  page,
}) => {
  await page.goto('/settings/general');
  await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible();
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(['x'], 'a.pdf', { type: 'application/pdf' }));
    const drop = new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true });
    if (document.body.dispatchEvent(drop)) throw new Error('the browser would open the file');
  });
  await expect(page.getByText('Файлы прикрепляют к сообщению: откройте чат и добавьте их там.').first()).toBeVisible();
  await expect(page).toHaveURL(/\/settings\/general$/);
});

test('a dead link leads somewhere', async ({ page, watchdog }) => {
  watchdog.allow(/^console error: Failed to load resource: the server responded with a status of 404/);
  await page.goto('/chat/0198c000-0000-7000-8000-000000000000');
  await expect(page.getByRole('heading', { name: 'Такого чата нет' })).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: 'Новый чат' }).click();
  await expect(page.getByText('Чем помочь?')).toBeVisible();
});

test('a page that the server has replaced says so, and reloads without losing the draft', async ({ page, watchdog }) => {
  watchdog.allow(/^console error: Failed to load resource: the server responded with a status of 404/);
  await composerOf(page).fill('Не потеряйте меня');
  const isPage = (url: URL) => url.pathname === '/';
  await page.route(isPage, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace(/\/assets\/index-[^"]+\.js/, '/assets/index-new.js') });
  });
  await page.evaluate(() => dispatchEvent(new Event('vite:preloadError')));
  await expect(page.getByText(/новая версия/)).toBeVisible();
  await page.unroute(isPage);
  await page.getByRole('button', { name: 'Обновить страницу' }).click();
  await expect(page.getByText(/новая версия/)).toHaveCount(0);
  await expect(composerOf(page)).toHaveValue('Не потеряйте меня');
});

test('a part of the page that cannot be had does not take the page down, and comes when it can', async ({ page, watchdog }) => {
  watchdog.allow(/^console error: Failed to load resource: net::ERR_FAILED$/);
  const part = '**/assets/settings-panel-*';
  await page.route(part, (route) => route.abort());
  await page.reload();
  await composerOf(page).fill('Черновик');
  await page.getByRole('button', { name: 'Настройки ответа' }).click();
  await expect(composerOf(page)).toHaveValue('Черновик');
  await page.unroute(part);
  await expect(page.getByRole('dialog', { name: 'Настройки ответа' })).toBeVisible();
});

test.describe('in English', () => {
  test.use({ locale: 'en-GB' });

  test('the same states have their words', async ({ page, context, watchdog }) => {
    watchdog.allow(/^console error: Failed to load resource: net::ERR_INTERNET_DISCONNECTED$/);
    const composer = page.getByRole('textbox', { name: 'Message', exact: true });
    const send = async (text: string): Promise<void> => {
      await composer.fill(text);
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      await expect(composer).toHaveValue('');
    };
    await send('Fail [[fail 401]]');
    const card = logOf(page).locator('.error-card');
    await expect(card.getByRole('button', { name: 'Another model' })).toBeVisible();
    await expect(card.getByRole('link', { name: /provider/ })).toBeVisible();
    await context.setOffline(true);
    await expect(page.getByText(/^No internet\. Keep writing/)).toBeVisible();
    await send('Later [[say Here I am]]');
    await expect(page.getByText('Will be sent once the connection is back.')).toBeVisible();
    await context.setOffline(false);
    await expect(page.getByText('Back online')).toBeVisible();
    await expect(logOf(page)).toContainText('Here I am');
  });
});
