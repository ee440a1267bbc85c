import { createClient } from '@multimodel/client';
import type { Locator, Page } from '@playwright/test';
import axe from 'axe-core';
import { ask, expect, test } from './walk.ts';

// A megabyte is enough to be refused.
test.use({ serverEnv: { MMC_MAX_ATTACHMENT_MB: '1' } });

/** 2 × 1 points, one red and one blue. */
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAADUlEQVR4nGP4z8AARAAH/gH/l3r9fQAAAABJRU5ErkJggg==', 'base64');
const cat = { name: 'кот.png', mimeType: 'image/png', buffer: png };
const notes = { name: 'заметки.md', mimeType: '', buffer: Buffer.from('# План\n\n- раз') };

const composerOf = (page: Page) => page.getByRole('textbox', { name: 'Сообщение', exact: true });
const trayOf = (page: Page) => page.locator('.composer').getByRole('list', { name: 'Файлы' });
const sendOf = (page: Page) => page.locator('.composer').getByRole('button', { name: 'Отправить' });
const finished = (page: Page) => page.getByRole('status').filter({ hasText: 'Ответ готов' });
const questionOf = (page: Page) => page.getByRole('log').locator('article.question').last();
const answerOf = (page: Page) => page.getByRole('log').locator('article.answer').last();

interface PlainFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

async function attach(page: Page, ...files: readonly PlainFile[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.locator('.composer').getByRole('button', { name: 'Прикрепить файлы' }).click();
  await (await chooser).setFiles([...files]);
}

/** As from the desktop of the system. */
async function bring(
  page: Page,
  target: Locator,
  event: 'drop' | 'dragover' | 'paste',
  { name, mimeType, buffer }: PlainFile,
): Promise<void> {
  const data = await page.evaluateHandle(
    ([bytes, fileName, type]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(bytes)], fileName, { type }));
      return transfer;
    },
    [[...buffer], name, mimeType] as const,
  );
  await target.evaluate(
    (element, [kind, transfer]) => {
      const how = { bubbles: true, cancelable: true };
      const happened =
        kind === 'paste'
          ? new ClipboardEvent(kind, { ...how, clipboardData: transfer })
          : new DragEvent(kind, { ...how, dataTransfer: transfer });
      element.dispatchEvent(happened);
    },
    [event, data] as const,
  );
}

async function chooseDemo(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Модель/ }).click();
  await page.getByRole('option', { name: 'Гид' }).first().click();
  await expect(page.getByRole('listbox')).toHaveCount(0);
}

async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const found = await page.evaluate<axe.AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
  expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

test.beforeEach(async ({ page }) => {
  await page.goto('/');
  await expect(page.getByText('Чем помочь?')).toBeVisible();
});

test('files come by button, paste and drop, go with a question, are seen, zoomed and saved, and stay over a reload', async ({ page }) => {
  await chooseDemo(page);
  await attach(page, cat);
  await bring(page, composerOf(page), 'paste', { ...cat, name: 'снимок.png' });
  await bring(page, page.getByText('Чем помочь?'), 'dragover', notes);
  await expect(page.getByText('Отпустите, чтобы прикрепить')).toBeVisible();
  await expect(page.getByText(/^Гид принимает: картинки до\s1\sМБ/)).toBeVisible();
  await bring(page, page.getByText('Чем помочь?'), 'drop', notes);
  await expect(page.getByText('Отпустите, чтобы прикрепить')).toHaveCount(0);
  await expect(trayOf(page).getByRole('listitem')).toHaveCount(3);
  await expect(page.getByRole('progressbar')).toHaveCount(0);
  await composerOf(page).fill('Что здесь?');
  await sendOf(page).click();
  await expect(trayOf(page)).toHaveCount(0);
  await expect(composerOf(page)).toHaveValue('');
  await expect(answerOf(page)).toContainText('Получил ваши файлы (3)');
  const picture = questionOf(page).getByRole('button', { name: 'кот.png: открыть крупно' });
  await expect(picture).toBeEnabled();
  await picture.click();
  await expect(page.getByRole('dialog', { name: 'кот.png' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(picture).toBeFocused();
  const saving = page.waitForEvent('download');
  await questionOf(page).getByRole('link', { name: 'Скачать: заметки.md' }).click();
  expect((await saving).suggestedFilename()).toBe('заметки.md');
  await expect(finished(page)).toBeAttached();
  await page.reload();
  await expect(questionOf(page).getByRole('listitem')).toHaveCount(3);
  await expect(picture).toBeVisible();
});

test('a long text that is pasted stays text, and a picture of it that an office program adds is left out', async ({ page }) => {
  const text = 'слово '.repeat(2_000);
  await composerOf(page).evaluate((element, pasted) => {
    const data = new DataTransfer();
    data.setData('text/plain', pasted);
    data.items.add(new File(['x'], 'image.png', { type: 'image/png' }));
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
  await expect(trayOf(page)).toHaveCount(0);
});

test('what is too large or empty says why before anything is sent, and stands in the way until it is removed', async ({
  page,
  watchdog,
}) => {
  // Not the page's: for the trace, the inspector asks once more for a picture that is none.
  watchdog.allow(/Connecting to 'blob:.* violates .*connect-src/);
  await chooseDemo(page);
  await attach(
    page,
    { ...cat, name: 'большой.png', buffer: Buffer.alloc(1024 * 1024 + 1, 1) },
    { ...cat, name: 'пустой.txt', buffer: Buffer.alloc(0) },
  );
  const [large, empty] = [trayOf(page).getByRole('listitem').nth(0), trayOf(page).getByRole('listitem').nth(1)];
  await expect(large).toContainText('файл больше 1 МБ: столько сервер не принимает');
  await expect(empty).toContainText('файл пустой');
  await composerOf(page).fill('Вопрос');
  await expect(sendOf(page)).toBeDisabled();
  await page.getByRole('button', { name: 'Убрать файл: большой.png' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Файл убран: большой.png' })).toBeAttached();
  await expect(page.getByRole('button', { name: 'Убрать файл: пустой.txt' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(composerOf(page)).toBeFocused();
  await expect(sendOf(page)).toBeEnabled();
});

test('a model that does not take a picture says so, and names one that does; a text it takes', async ({ page }) => {
  await attach(page, cat, notes);
  await expect(page.getByText('не принимает такие файлы: кот.png.')).toBeVisible();
  await composerOf(page).fill('Кто это?');
  await expect(sendOf(page)).toBeDisabled();
  await page.getByRole('button', { name: 'Выбрать Гид' }).click();
  await expect(page.getByText('не принимает такие файлы')).toHaveCount(0);
  await sendOf(page).click();
  await expect(answerOf(page)).toContainText('Получил ваши файлы (2)');
});

test('a draft keeps its files over a reload, and another tab shows them', async ({ page, context }) => {
  await chooseDemo(page);
  await ask(page, 'Начало');
  await expect(finished(page)).toBeAttached();
  await attach(page, cat);
  await expect(page.getByRole('progressbar')).toHaveCount(0);
  await expect(trayOf(page).getByText(/^\d+\sбайт$/)).toBeVisible();
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(trayOf(other).getByText('кот.png')).toBeVisible();
  await page.reload();
  await expect(trayOf(page).getByText('кот.png')).toBeVisible();
  await other.getByRole('button', { name: 'Убрать файл: кот.png' }).click();
  await expect(trayOf(page)).toHaveCount(0);
});

test('a changed question keeps its files, may lose one and gain another', async ({ page }) => {
  await chooseDemo(page);
  await attach(page, cat, notes);
  await composerOf(page).fill('Первое');
  await sendOf(page).click();
  await expect(finished(page)).toBeAttached();
  await questionOf(page).hover();
  await questionOf(page).getByRole('button', { name: 'Изменить' }).click();
  const editor = page.locator('.question-editor');
  await expect(editor.getByRole('listitem')).toHaveCount(2);
  await editor.getByRole('button', { name: 'Убрать файл: заметки.md' }).click();
  const chooser = page.waitForEvent('filechooser');
  await editor.getByRole('button', { name: 'Прикрепить файлы' }).click();
  await (await chooser).setFiles([{ ...notes, name: 'другое.md' }]);
  await expect(editor.getByRole('listitem')).toHaveCount(2);
  await editor.getByRole('button', { name: 'Отправить' }).click();
  await expect(questionOf(page).getByRole('link', { name: 'Скачать: другое.md' })).toBeVisible();
  await expect(questionOf(page).getByRole('button', { name: /^кот\.png/ })).toBeVisible();
  await expect(questionOf(page).getByText('заметки.md')).toHaveCount(0);
});

test('a picture that a model makes has its room before it is there, a text for those who do not see it, and can be saved', async ({
  page,
}) => {
  await chooseDemo(page);
  await composerOf(page).fill('Нарисуй картинку');
  await sendOf(page).click();
  const picture = answerOf(page).getByRole('button', { name: 'Картинка от модели: morning.png: открыть крупно' });
  await expect(picture).toBeVisible();
  await expect(finished(page)).toBeAttached();
  await expect(picture.locator('img')).toHaveJSProperty('complete', true);
  const before = await picture.boundingBox();
  const held = Promise.withResolvers<void>();
  await page.route('**/api/v1/attachments/*/content', async (route) => {
    await held.promise;
    await route.continue();
  });
  await page.reload();
  await expect(picture).toBeVisible();
  const while_ = await picture.boundingBox();
  expect([while_?.width, while_?.height]).toEqual([before?.width, before?.height]);
  held.resolve();
  const saving = page.waitForEvent('download');
  await answerOf(page).getByRole('link', { name: 'Скачать: morning.png' }).click();
  expect((await saving).suggestedFilename()).toBe('morning.png');
  await picture.click();
  await expect(page.getByRole('dialog')).toBeVisible();
});

test('a picture that is gone leaves a quiet place', async ({ page, watchdog }) => {
  watchdog.allow(/status of 404/);
  await page.route('**/api/v1/attachments/*/content', (route) => route.fulfill({ status: 404 }));
  await chooseDemo(page);
  await composerOf(page).fill('Нарисуй картинку');
  await sendOf(page).click();
  await expect(answerOf(page).getByText('Картинка недоступна: morning.png')).toBeVisible();
});

test('without a connection files wait with their message, and go once', async ({ page, context, site, watchdog }) => {
  watchdog.allow(/net::ERR_/);
  await chooseDemo(page);
  await ask(page, 'Начало');
  await expect(finished(page)).toBeAttached();
  await context.setOffline(true);
  await expect(page.getByText(/^Нет интернета/)).toBeVisible();
  await attach(page, cat);
  await expect(trayOf(page).getByText(/ждёт связи/)).toBeVisible();
  await composerOf(page).fill('Потом');
  await sendOf(page).click();
  const waiting = page.locator('article[data-waiting]');
  await expect(waiting).toContainText('кот.png');
  await expect(waiting).toContainText('Будет отправлено, когда появится связь.');
  await expect(trayOf(page)).toHaveCount(0);
  await context.setOffline(false);
  await expect(waiting).toHaveCount(0);
  await expect(answerOf(page)).toContainText('Получил ваш файл');
  const chatId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const { items } = await createClient({ baseUrl: site.url }).messages.list(chatId);
  expect(items.filter(({ text }) => text === 'Потом').map(({ attachments }) => attachments?.length)).toEqual([1]);
});

test('a browser keeps the files of a waiting message over a reload', async ({ page, watchdog }) => {
  watchdog.allow(/net::ERR_FAILED/);
  await chooseDemo(page);
  await page.waitForLoadState('networkidle');
  const isOfServer = (url: URL) => url.pathname.startsWith('/api/') || url.pathname === '/healthz';
  await page.route(isOfServer, (route) => route.abort());
  await attach(page, cat);
  await expect(trayOf(page).getByText(/ждёт связи/)).toBeVisible();
  await composerOf(page).fill('После перезагрузки');
  await sendOf(page).click();
  await expect(page).toHaveURL(/\/chat\/local-/);
  await page.reload();
  const waiting = page.locator('article[data-waiting]');
  await expect(waiting).toContainText('кот.png');
  await page.unroute(isOfServer);
  await expect(answerOf(page)).toContainText('Получил ваш файл');
  await expect(questionOf(page).getByRole('button', { name: /^кот\.png/ })).toBeVisible();
});

test('an upload that fails says so, and goes up when it is asked for again', async ({ page, watchdog }) => {
  watchdog.allow(/status of 500/);
  await chooseDemo(page);
  const problem = { type: 'x', title: 'x', status: 500, detail: 'x', code: 'internal', requestId: 'r', retryable: true };
  await page.route('**/api/v1/attachments', (route) =>
    route.fulfill({ status: 500, contentType: 'application/problem+json', json: problem }),
  );
  await attach(page, cat);
  const again = page.getByRole('button', { name: 'Загрузить ещё раз: кот.png' });
  await expect(again).toBeVisible();
  await page.unroute('**/api/v1/attachments');
  await again.click();
  await expect(again).toHaveCount(0);
  await expect(sendOf(page)).toBeEnabled();
});

test('a message that is sent before its files are there goes as soon as they are', async ({ page }) => {
  await chooseDemo(page);
  const held = Promise.withResolvers<void>();
  await page.route('**/api/v1/attachments', async (route) => {
    await held.promise;
    await route.continue();
  });
  await attach(page, cat);
  await composerOf(page).fill('Сразу');
  await composerOf(page).press('ControlOrMeta+Enter');
  await expect(page.getByText('Отправим, как только загрузятся файлы.')).toBeVisible();
  await expect(composerOf(page)).toHaveValue('Сразу');
  held.resolve();
  await expect(answerOf(page)).toContainText('Получил ваш файл');
  await expect(composerOf(page)).toHaveValue('');
});

test('everything works by keyboard alone', async ({ page, isMobile }) => {
  test.skip(isMobile);
  await chooseDemo(page);
  await composerOf(page).focus();
  await page.keyboard.press('Shift+Tab');
  await expect(page.getByRole('button', { name: 'Прикрепить файлы' })).toBeFocused();
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('Enter');
  await (await chooser).setFiles([cat, notes]);
  await expect(page.getByRole('status').filter({ hasText: /Файл загружен/ })).toBeAttached();
  await page.keyboard.press('Shift+Tab');
  await expect(page.getByRole('button', { name: 'Убрать файл: заметки.md' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Убрать файл: кот.png' })).toBeFocused();
  await composerOf(page).focus();
  await page.keyboard.type('Клавишами');
  await page.keyboard.press('Enter');
  await expect(answerOf(page)).toContainText('Получил ваш файл');
});

for (const theme of ['light', 'dark'] as const) {
  test(`nothing stands in anybody's way, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await attach(page, cat, notes);
    await expect(page.getByText('не принимает такие файлы')).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Выбрать Гид' }).click();
    await composerOf(page).fill('Нарисуй картинку');
    await sendOf(page).click();
    await expect(finished(page)).toBeAttached();
    await expect(answerOf(page).getByRole('img')).toBeVisible();
    await expectAccessible(page);
  });
}

test('on a phone files are pushed aside by a finger, and every button can be hit', async ({ page, isMobile }) => {
  test.skip(!isMobile);
  await chooseDemo(page);
  await attach(page, cat, notes, { ...cat, name: 'очень-длинное-имя-картинки-которое-не-помещается.png' });
  const list = trayOf(page);
  await expect(list.getByRole('listitem')).toHaveCount(3);
  expect(await list.evaluate((element) => element.scrollWidth > element.clientWidth)).toBe(true);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  for (const button of await page.locator('.composer').getByRole('button').all()) {
    const box = await button.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
  }
});
