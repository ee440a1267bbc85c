import type { Page } from '@playwright/test';
import { type CuttingProxy, startCuttingProxy } from '../src/cutting-proxy.ts';
import { ask, test as base, countTo, expect } from './walk.ts';

/** The page reaches its server over a way that can be cut. */
const test = base.extend<object, { readonly way: { proxy?: CuttingProxy } }>({
  way: [({ playwright: _ }, use) => use({}), { scope: 'worker' }],
  site: [
    async ({ site, way }, use) => {
      await using proxy = await startCuttingProxy(site.url);
      way.proxy = proxy;
      await use({ ...site, url: proxy.url });
    },
    { scope: 'worker' },
  ],
});

/** What the browser itself reports of a connection that is not there. */
const lostConnection =
  /^console error: Failed to load resource: net::ERR_(?:INTERNET_DISCONNECTED|EMPTY_RESPONSE|CONNECTION_(?:RESET|REFUSED|CLOSED)|SOCKET_NOT_CONNECTED|INCOMPLETE_CHUNKED_ENCODING|NETWORK_CHANGED)$/;

const waitingText = 'Будет отправлено, когда появится связь.';
const composerOf = (page: Page) => page.getByRole('textbox', { name: 'Сообщение', exact: true });
const questionsOf = (page: Page) => page.getByRole('log').locator('article.question:not([data-waiting]) .bubble');
const waitingOf = (page: Page) => page.locator('article[data-waiting]');
/** The text of the answer alone. */
const bodyOf = (page: Page) => page.getByRole('log').locator('.answer :is(.md, .answer-body)');
const finished = (page: Page) => page.getByRole('status').filter({ hasText: 'Ответ готов' });

async function write(page: Page, text: string): Promise<void> {
  await composerOf(page).fill(text);
  await page.getByRole('button', { name: 'Отправить' }).click();
  await expect(composerOf(page)).toHaveValue('');
}

test.beforeEach(async ({ page, way, watchdog }) => {
  watchdog.allow(lostConnection);
  way.proxy?.mend();
  await page.goto('/');
  await expect(page.getByText('Чем помочь?')).toBeVisible();
});

test('what is written offline waits, can be changed and taken back, and goes out once and in order', async ({
  page,
  context,
  simulator,
}) => {
  await ask(page, 'Начало [[say Есть]]');
  await expect(finished(page)).toBeAttached();
  await context.setOffline(true);
  await expect(page.getByText(/^Нет интернета/)).toBeVisible();
  await write(page, 'Первое [[say Раз]]');
  await write(page, 'Второе [[say Два]]');
  await write(page, 'Лишнее');
  await expect(waitingOf(page)).toHaveCount(3);
  await expect(page.getByText(waitingText)).toHaveCount(3);
  await waitingOf(page).nth(2).getByRole('button', { name: 'Удалить' }).click();
  await expect(waitingOf(page)).toHaveCount(2);
  await waitingOf(page).nth(1).getByRole('button', { name: 'Изменить' }).click();
  await expect(composerOf(page)).toBeFocused();
  await expect(composerOf(page)).toHaveValue('Второе [[say Два]]');
  await write(page, 'Второе, исправленное [[say Два]]');
  const before = simulator.requests.length;
  await context.setOffline(false);
  await expect(page.getByText('Связь восстановлена')).toBeVisible();
  await expect(questionsOf(page)).toHaveText(['Начало [[say Есть]]', 'Первое [[say Раз]]', 'Второе, исправленное [[say Два]]']);
  await expect(page.getByRole('log').locator('.answer').nth(2)).toContainText('Два');
  await expect(waitingOf(page)).toHaveCount(0);
  expect(simulator.requests.slice(before).filter(({ path }) => path.endsWith('/completion'))).toHaveLength(2);
  await page.reload();
  await expect(questionsOf(page)).toHaveCount(3);
});

test('a question changed offline waits in its place, can be changed again and taken back, and goes out as a branch', async ({
  page,
  context,
}) => {
  await ask(page, 'Прежний [[say Старое]]');
  await expect(finished(page)).toBeAttached();
  const question = page.getByRole('log').locator('article.question').first();
  const editor = page.getByRole('textbox', { name: 'Изменить сообщение' });
  await context.setOffline(true);
  await expect(page.getByText(/^Нет интернета/)).toBeVisible();
  const change = async (text: string): Promise<void> => {
    await question.getByRole('button', { name: 'Изменить' }).click();
    await editor.fill(text);
    await page.getByRole('log').getByRole('button', { name: 'Отправить' }).click();
    await expect(question.locator('.bubble')).toHaveText(text);
  };
  await change('Черновой');
  await expect(question.getByText('Будет отправлено, когда появится связь.')).toBeVisible();
  await question.getByRole('button', { name: 'Вернуть прежний' }).click();
  await expect(question.locator('.bubble')).toHaveText('Прежний [[say Старое]]');
  await change('Первая правка');
  await change('Новый [[say Свежее]]');
  await write(page, 'Следом [[say Ещё]]');
  await context.setOffline(false);
  await expect(page.getByRole('log')).toContainText('Ещё');
  await expect(questionsOf(page)).toHaveText(['Новый [[say Свежее]]', 'Следом [[say Ещё]]']);
  await expect(question.getByText('2/2')).toBeVisible();
  await page.reload();
  await expect(questionsOf(page)).toHaveText(['Новый [[say Свежее]]', 'Следом [[say Ещё]]']);
});

test('on a small phone the bar is one line, and a notice leaves the newest message in view', async ({ page, context, isMobile }) => {
  test.skip(!isMobile);
  await page.setViewportSize({ width: 360, height: 740 });
  await ask(page, 'Начало [[say Есть]]');
  await expect(finished(page)).toBeAttached();
  await context.setOffline(true);
  const bar = page.locator('.connection[data-state="offline"]');
  await expect(bar).toBeVisible();
  expect((await bar.boundingBox())?.height).toBeLessThanOrEqual(56);
  await write(page, 'Ждёт');
  await page.getByRole('button', { name: /^Модель/ }).click();
  await page.getByRole('option', { name: /^YandexGPT 5 Pro/ }).click();
  const notice = page.locator('.notice').first();
  await expect(notice).toContainText('Не получилось сохранить');
  const [shown, waiting, header] = await Promise.all([notice, waitingOf(page), page.locator('.header')].map((part) => part.boundingBox()));
  expect(shown && waiting && shown.y + shown.height).toBeLessThan(waiting?.y ?? 0);
  expect(header && header.y + header.height).toBeLessThanOrEqual(shown?.y ?? 0);
});

test('chats that are begun offline are made once the connection is back, and the way to them is in the list', async ({
  page,
  context,
  isMobile,
}) => {
  await context.setOffline(true);
  await expect(page.getByText(/^Нет интернета/)).toBeVisible();
  await write(page, 'Начатый без связи [[say Готово]]');
  await expect(page).toHaveURL(/\/chat\/local-/);
  const openList = async (): Promise<void> => {
    if (isMobile) await page.getByRole('button', { name: 'Показать список чатов' }).click();
  };
  await openList();
  await page.getByRole('button', { name: 'Новый чат' }).first().click();
  await expect(page.getByText('Чем помочь?')).toBeVisible();
  await openList();
  await page.getByRole('link', { name: /Начатый без связи/ }).click();
  await expect(page.getByText(waitingText)).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByRole('log')).toContainText('Готово');
  await expect(page).toHaveURL(/\/chat\/(?!local-)/);
  await page.reload();
  await expect(page.getByRole('log')).toContainText('Готово');
});

test('the outbox survives a reload, and two tabs send it once', async ({ page, context, way, simulator }) => {
  await ask(page, 'До обрыва [[say Да]]');
  await expect(finished(page)).toBeAttached();
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(other.getByRole('log')).toContainText('До обрыва');
  way.proxy?.cut();
  await write(page, 'Одно на двоих [[say Одно]]');
  await expect(waitingOf(other)).toHaveCount(1);
  await page.close();
  const before = simulator.requests.length;
  way.proxy?.mend();
  const late = await context.newPage();
  await late.goto(other.url());
  for (const tab of [other, late]) {
    await expect(tab.getByRole('log').locator('.answer').nth(1)).toContainText('Одно');
    await expect(questionsOf(tab)).toHaveCount(2);
    await expect(waitingOf(tab)).toHaveCount(0);
  }
  expect(simulator.requests.slice(before).filter(({ path }) => path.endsWith('/completion'))).toHaveLength(1);
});

test('an answer that is cut on its way goes on where it was, without a gap or a repeat', async ({ page, way }) => {
  await ask(page, 'Долго [[long 150]] [[delay 25]]');
  const log = page.getByRole('log');
  await expect(log).toContainText('1 2 3 4 5');
  way.proxy?.cut();
  await expect(log.getByText(/^Связь прервалась/)).toBeVisible();
  await expect(page.getByText(/^Сервер не\sотвечает/)).toBeVisible();
  way.proxy?.mend();
  await page.getByRole('button', { name: 'Проверить' }).click();
  await expect(page.getByText('Связь восстановлена')).toBeVisible();
  await expect(finished(page)).toBeAttached();
  await expect(bodyOf(page)).toHaveText(countTo(150));
});

test('a message goes to the outbox when the connection breaks under it', async ({ page, way }) => {
  way.proxy?.cut();
  await write(page, 'В никуда [[say Дошло]]');
  await expect(page.getByText(waitingText)).toBeVisible();
  await expect(page.getByText(/Новая попытка через/)).toBeAttached();
  way.proxy?.mend();
  await expect(page.getByRole('log').locator('.answer')).toContainText('Дошло');
});

test('a killed server: the answer stays and goes on, what was written meanwhile is sent, and the restart is said', async ({
  page,
  site,
}) => {
  await ask(page, 'Прервусь [[long 60]] [[stall 20]]');
  const log = page.getByRole('log');
  await expect(log).toContainText('18 19');
  await site.stop('SIGKILL');
  await expect(page.getByText(/^Сервер не\sотвечает/)).toBeVisible();
  await site.start();
  await expect(page.getByText('Сервер перезапустился, связь восстановлена')).toBeVisible();
  await expect(log.getByText(/^Ответ прервался/)).toBeVisible();
  await expect(bodyOf(page)).toContainText(countTo(19));
  await log.getByRole('button', { name: 'Продолжить' }).click();
  await expect(log.getByText(/^Ответ прервался/)).toHaveCount(0);
  await expect(finished(page)).toBeAttached();
  await site.stop('SIGTERM');
  await write(page, 'Пока вас не было [[say Вернулись]]');
  await expect(page.getByText(waitingText)).toBeVisible();
  await site.start();
  await expect(log.locator('.answer').last()).toContainText('Вернулись');
  await expect(bodyOf(page).first()).toContainText(countTo(19));
});

test('a message that the server refuses stays with the reason, and is text again to be mended', async ({ page, context, watchdog }) => {
  watchdog.allow(/^console error: Failed to load resource: the server responded with a status of 403/);
  await ask(page, 'Начало [[say Есть]]');
  await expect(finished(page)).toBeAttached();
  await context.setOffline(true);
  await write(page, 'Не понравлюсь [[say Понравилось]]');
  const problem = { type: 'x', title: 'Bad', status: 403, detail: 'no', code: 'forbidden', requestId: 'r-1', retryable: false };
  await page.route('**/api/v1/chats/*/messages', (route) =>
    route.request().method() === 'POST'
      ? route.fulfill({ status: 403, contentType: 'application/problem+json', json: problem })
      : route.fallback(),
  );
  await context.setOffline(false);
  const refused = page.locator('article[data-waiting="refused"]');
  await expect(refused.getByRole('alert')).toContainText('На это нет прав');
  await page.unroute('**/api/v1/chats/*/messages');
  await refused.getByRole('button', { name: 'Повторить' }).click();
  await expect(page.getByRole('log').locator('.answer').last()).toContainText('Понравилось');
  await expect(waitingOf(page)).toHaveCount(0);
});
