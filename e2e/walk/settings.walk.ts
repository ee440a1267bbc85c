import type { Page } from '@playwright/test';
import axe from 'axe-core';
import { ask, expect, test } from './walk.ts';

const panelOf = (page: Page) => page.getByRole('dialog', { name: 'Настройки ответа' });
const composerOf = (page: Page) => page.getByRole('textbox', { name: 'Сообщение', exact: true });
const logOf = (page: Page) => page.getByRole('log');
/** A text of that many tokens, by the rule that sending goes by. */
const ofTokens = (tokens: number) => 'слово '.repeat(tokens).slice(0, Math.floor((tokens - 8) * 2.5));

async function openPanel(page: Page) {
  await page.getByRole('button', { name: /^Настройки ответа/ }).click();
  await expect(panelOf(page)).toBeVisible();
  return panelOf(page);
}

async function chooseModel(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /Модель/ }).click();
  await page.getByRole('option', { name }).first().click();
  await expect(page.getByRole('listbox')).toHaveCount(0);
}

async function chooseFromMenu(page: Page, name: string): Promise<void> {
  await page.locator('.header').getByRole('button', { name: 'Ещё' }).click();
  await page.getByRole('menuitem', { name }).click();
}

async function expectNoFaults(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

test.beforeEach(async ({ page, site }) => {
  await page.request.patch(`${site.url}/api/v1/settings`, { data: { generation: {}, defaultModel: 'yandex/yandexgpt-5-lite' } });
  await page.goto('/');
  await expect(page.getByText('Чем помочь?')).toBeVisible();
});

test.describe('settings of answers', () => {
  test('presets say what they do, go to the model, and a change by hand is one of nobody', async ({ page, simulator }) => {
    const panel = await openPanel(page);
    await expect(panel.getByRole('radio', { name: 'Обычно' })).toBeChecked();
    await panel.getByText('Творчески', { exact: true }).click();
    await expect(panel.getByText('Температура 0,6.')).toBeVisible();
    await expect(panel.getByRole('textbox', { name: 'Температура' })).toHaveValue('0,6');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: /изменён 1 параметр/ })).toBeFocused();
    await ask(page, 'Первый [[say Раз]]');
    await expect(logOf(page)).toContainText('Раз');
    const sent = JSON.parse(simulator.requests.findLast(({ path }) => path.endsWith('/completion'))?.body ?? '{}');
    expect(sent.completionOptions.temperature).toBe(0.6);
    await openPanel(page);
    await panel.getByRole('textbox', { name: 'Температура' }).fill('0,8');
    await page.keyboard.press('Enter');
    await expect(panel.getByRole('radio', { name: 'Своё' })).toBeChecked();
    await page.reload();
    await openPanel(page);
    await expect(panel.getByRole('textbox', { name: 'Температура' })).toHaveValue('0,8');
    await panel.getByRole('button', { name: 'Сбросить всё' }).click();
    await expect(panel.getByRole('radio', { name: 'Обычно' })).toBeChecked();
  });

  test('what is chosen for a chat that is not begun survives a reload, and the chat after it begins anew', async ({ page, simulator }) => {
    const panel = await openPanel(page);
    await panel.getByText('Творчески', { exact: true }).click();
    await panel.getByRole('textbox', { name: 'Системная инструкция' }).fill('Отвечай коротко.');
    await page.keyboard.press('Escape');
    await page.reload();
    await expect(page.getByRole('button', { name: /изменено 2 параметра/ })).toBeVisible();
    await ask(page, 'Первый [[say Раз]]');
    await expect(logOf(page)).toContainText('Раз');
    const sent = JSON.parse(simulator.requests.findLast(({ path }) => path.endsWith('/completion'))?.body ?? '{}');
    expect(sent.completionOptions.temperature).toBe(0.6);
    expect(sent.messages[0]).toEqual({ role: 'system', text: 'Отвечай коротко.' });
    await page.goto('/');
    await expect(page.getByRole('button', { name: 'Настройки ответа', exact: true })).toBeVisible();
  });

  test('a value that the model does not take is said and kept, not cut', async ({ page }) => {
    const panel = await openPanel(page);
    const temperature = panel.getByRole('textbox', { name: 'Температура' });
    await temperature.fill('5');
    await page.keyboard.press('Tab');
    await expect(panel.getByRole('alert').filter({ hasText: 'можно от 0 до 1' })).toBeVisible();
    await expect(temperature).toHaveValue('5');
    await panel.getByRole('button', { name: 'Вернуть обычное значение: Температура' }).click();
    await expect(temperature).toHaveValue('');
    await expect(temperature).toBeFocused();
  });

  test('own defaults begin new chats, and are forgotten again', async ({ page }) => {
    const panel = await openPanel(page);
    await panel.getByText('Точно', { exact: true }).click();
    await panel.getByRole('button', { name: 'Сделать моими по умолчанию' }).click();
    await expect(panel.getByText('Новые чаты начинаются с этих значений.')).toBeVisible();
    await page.goto('/');
    await openPanel(page);
    await expect(panel.getByRole('radio', { name: 'Точно' })).toBeChecked();
    await panel.getByText('Творчески', { exact: true }).click();
    await panel.getByRole('button', { name: 'Взять мои' }).click();
    await expect(panel.getByRole('radio', { name: 'Точно' })).toBeChecked();
    await panel.getByRole('button', { name: 'Больше не начинать' }).click();
    await expect(panel.getByText('Новые чаты начинаются со значений модели.')).toBeVisible();
  });

  test('what could not be saved stays at its field and is saved when it can be', async ({ page, watchdog }) => {
    watchdog.allow(/ERR_INTERNET_DISCONNECTED|Failed to load resource/);
    await ask(page, 'Начало [[say Да]]');
    await expect(logOf(page)).toContainText('Да');
    const panel = await openPanel(page);
    await page.route('**/api/v1/chats/*', (route) =>
      route.request().method() === 'PATCH' ? route.abort('internetdisconnected') : route.continue(),
    );
    await panel.getByText('Точно', { exact: true }).click();
    const fault = panel.getByRole('alert').filter({ hasText: 'Не сохранено' });
    await expect(fault).toBeVisible();
    await expect(panel.getByRole('textbox', { name: 'Температура' })).toHaveValue('0,1');
    await page.unroute('**/api/v1/chats/*');
    const saved = page.waitForResponse((response) => response.request().method() === 'PATCH' && response.ok());
    await fault.getByRole('button', { name: 'Сохранить ещё раз' }).click();
    expect((await (await saved).json()).settings).toEqual({ temperature: 0.1 });
    await expect(fault).toHaveCount(0);
  });

  test('what another model was told is kept, and marked as without effect here', async ({ page, site }) => {
    const settings = { topP: 0.5, seed: 7, temperature: 1.5 };
    const chat = await (
      await page.request.post(`${site.url}/api/v1/chats`, { data: { model: 'yandex/yandexgpt-5-lite', settings } })
    ).json();
    await page.goto(`/chat/${chat.id}`);
    const panel = await openPanel(page);
    const unused = panel.getByRole('region', { name: /Этой модели не нужны/ });
    await expect(unused.getByRole('listitem')).toHaveText([/Top\sP: 0,5/, /Начальное число: 7/]);
    await expect(panel.getByText('Эта модель принимает от 0 до 1, а здесь 1,5.')).toBeVisible();
    await panel.getByRole('button', { name: 'Поставить 1' }).click();
    await expect(panel.getByRole('textbox', { name: 'Температура' })).toHaveValue('1');
    await unused.getByRole('button', { name: /Убрать: Top\sP/ }).click();
    await expect(unused.getByRole('listitem')).toHaveCount(1);
  });

  test('a long instruction is written at ease, counted, and reaches the model', async ({ page }) => {
    const panel = await openPanel(page);
    const field = panel.getByRole('textbox', { name: 'Системная инструкция' });
    await field.fill('Отвечай стихами. '.repeat(50));
    await expect(panel.getByText(/Около 340 токенов/)).toBeVisible();
    await page.keyboard.press('Escape');
    await ask(page, 'Что вам сказано? [[history]]');
    await expect(logOf(page)).toContainText('"role":"system","text":"Отвечай стихами.');
  });

  for (const theme of ['light', 'dark'] as const) {
    test(`no fault that axe finds: ${theme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      const panel = await openPanel(page);
      await panel.getByRole('textbox', { name: 'Температура' }).fill('5');
      await page.keyboard.press('Tab');
      await expect(panel.getByRole('alert').filter({ hasText: 'можно от' })).toBeVisible();
      await expectNoFaults(page);
    });
  }

  test('speaks English to who reads it', async ({ page, site }) => {
    await page.request.patch(`${site.url}/api/v1/settings`, { data: { language: 'en' } });
    await page.reload();
    await page.getByRole('button', { name: 'Answer settings' }).click();
    const panel = page.getByRole('dialog', { name: 'Answer settings' });
    await panel.getByText('Creative', { exact: true }).click();
    await expect(panel.getByText('Temperature 0.6.')).toBeVisible();
    await page.request.patch(`${site.url}/api/v1/settings`, { data: { language: 'ru' } });
  });
});

test.describe('the context gauge', () => {
  test('says before sending what will not fit, and the answer then says the same', async ({ page }) => {
    await ask(page, `[[say Первый ответ]] ${ofTokens(12_000)}`);
    await expect(logOf(page)).toContainText('Первый ответ');
    await composerOf(page).fill(ofTokens(9_000));
    await expect(page.getByText(/Контекст модели занят на\s8\d\s%/)).toBeVisible();
    await composerOf(page).fill(`[[say Второй ответ]] ${ofTokens(13_000)}`);
    await expect(page.getByText('Не поместятся 2 первых сообщения, модель их не увидит')).toBeVisible();
    await page.getByRole('button', { name: /^Контекст: занято/ }).click();
    const details = page.getByRole('dialog', { name: /Контекст/ });
    await expect(details).toContainText(/Отложено для ответа\s*8\s192/);
    await expect(details).toContainText(/Всего у модели\s*32\s768/);
    await expectNoFaults(page);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Отправить' }).click();
    await expect(logOf(page)).toContainText('Второй ответ');
    await expect(logOf(page)).toContainText('2 первых сообщения не поместились в контекст модели');
    await page.reload();
    await expect(logOf(page)).toContainText('2 первых сообщения не поместились в контекст модели');
  });

  test('is not there before anything is said, and counts the instruction at once', async ({ page, isMobile }) => {
    const gauge = page.getByRole('button', { name: /^Контекст: занято/ });
    await expect(page.locator('.context-place')).toBeAttached();
    await expect(gauge).toHaveCount(0);
    const panel = await openPanel(page);
    await panel.getByRole('textbox', { name: 'Системная инструкция' }).fill('x'.repeat(20_000));
    await panel.getByRole('button', { name: 'Закрыть' }).click();
    await composerOf(page).fill(ofTokens(500));
    if (isMobile) await expect(gauge).toBeHidden();
    else await expect(gauge).toHaveAccessibleName(/3[45]\s%/);
    await expect(page.getByText(/Контекст модели занят/)).toHaveCount(0);
  });

  test('says nothing where the window is not known', async ({ page }) => {
    await chooseModel(page, 'Гид');
    await composerOf(page).fill(ofTokens(5_000));
    await expect(page.getByRole('button', { name: 'Отправить' })).toBeEnabled();
    await expect(page.getByRole('button', { name: /^Контекст/ })).toHaveCount(0);
  });
});

test.describe('a whole chat', () => {
  test('is copied as Markdown and as text, however long', async ({ page, context, site }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await ask(page, 'Вопрос [[markdown]]');
    await expect(page.getByRole('status').filter({ hasText: 'Ответ готов' })).toBeAttached();
    await chooseFromMenu(page, 'Копировать чат как Markdown');
    await expect(page.getByText('Скопировано 2 сообщения').first()).toBeVisible();
    const markdown = await page.evaluate(() => navigator.clipboard.readText());
    expect(markdown).toContain('**Вы**\n\nВопрос [[markdown]]');
    expect(markdown).toMatch(/\*\*Ответ · YandexGPT 5 Lite\*\*\n\n[\s\S]*```/);
    await chooseFromMenu(page, 'Копировать чат как текст');
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^Вопрос[\s\S]*Вы:\nВопрос/);
    expect(await page.evaluate(() => navigator.clipboard.readText())).not.toContain('```');

    const chat = await (await page.request.post(`${site.url}/api/v1/chats`, { data: { model: 'yandex/yandexgpt-5-lite' } })).json();
    for (let index = 0; index < 25; index += 1) {
      const { run } = await (
        await page.request.post(`${site.url}/api/v1/chats/${chat.id}/messages`, { data: { text: `№ ${index} [[say ${index}]]` } })
      ).json();
      await page.request.get(`${site.url}/api/v1/runs/${run.id}/events`);
    }
    await page.goto(`/chat/${chat.id}`);
    await chooseFromMenu(page, 'Копировать чат как текст');
    await expect(page.getByText('Скопировано 50 сообщений').first()).toBeVisible();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    expect(text.match(/Вы:\n№ \d+/g)).toHaveLength(25);
    expect(text).toMatch(/Вы:\n№ 0 /);
  });

  test('cleared, it comes back: at once, after a reload, and in another tab', async ({ page, context }) => {
    await ask(page, 'Сотрите меня [[say Хорошо]]');
    await expect(logOf(page)).toContainText('Хорошо');
    const other = await context.newPage();
    await other.goto(page.url());
    await expect(logOf(other)).toContainText('Хорошо');
    await page.bringToFront();
    await chooseFromMenu(page, 'Очистить чат');
    await expect(page.getByText('Чем помочь?')).toBeVisible();
    await expect(other.getByText('Чем помочь?')).toBeVisible();
    await page.reload();
    await page.getByRole('button', { name: 'Вернуть' }).click();
    await expect(logOf(page)).toContainText('Хорошо');
    await expect(logOf(other)).toContainText('Хорошо');
    await other.close();
  });

  test('cleared while it is being answered, the answer is stopped', async ({ page, simulator }) => {
    await ask(page, 'Долго [[long 60]] [[stall 5]]');
    await expect(logOf(page)).toContainText('1 2 3 4 5');
    await chooseFromMenu(page, 'Очистить чат');
    await simulator.clientGone();
    await expect(page.getByText('Чем помочь?')).toBeVisible();
    await page.getByRole('button', { name: 'Вернуть' }).click();
    await expect(logOf(page)).toContainText('1 2 3 4 5');
    await expect(page.getByText('Вы остановили ответ')).toBeVisible();
  });

  test('deleted, it comes back where it was', async ({ page }) => {
    await ask(page, 'Удалите меня [[say Хорошо]]');
    await expect(logOf(page)).toContainText('Хорошо');
    const address = page.url();
    await chooseFromMenu(page, 'Удалить чат');
    await expect(page.getByText('Чем помочь?')).toBeVisible();
    await page.getByRole('button', { name: 'Вернуть' }).click();
    await expect(page).toHaveURL(address);
    await expect(logOf(page)).toContainText('Хорошо');
  });
});
