import { ask, countTo, expect, test } from './walk.ts';

test.beforeEach(async ({ page }) => {
  await page.goto('/');
  await expect(page.getByText('Чем помочь?')).toBeVisible();
});

test('a question is answered in a stream, and the facts say by whom, how fast and for how much', async ({ page, simulator }) => {
  await ask(page, 'Посчитайте, пожалуйста [[long 60]]');
  const log = page.getByRole('log');
  await expect(log).toContainText(countTo(60));
  await expect(page.getByRole('status').filter({ hasText: 'Ответ готов' })).toBeAttached();
  await expect(log.getByRole('list', { name: 'Об ответе' })).toContainText('Alice AI LLM');
  await expect(log).toContainText('₽');
  await expect(page).toHaveURL(/\/chat\//);
  expect(simulator.openStreams).toBe(0);
});

test('a reload in mid-answer goes on where it was', async ({ page }) => {
  await ask(page, 'Долго [[long 150]] [[delay 20]]');
  const log = page.getByRole('log');
  await expect(log).toContainText('1 2 3 4 5');
  await page.reload();
  await expect(log).toContainText('1 2 3 4 5');
  await expect(log).toContainText(countTo(150));
});

test('stop closes the connection of the vendor and keeps what was said', async ({ page, simulator }) => {
  await ask(page, 'Остановлю [[long 60]] [[stall 5]]');
  await expect(page.getByRole('log')).toContainText('1 2 3 4 5');
  simulator.play({ kind: 'default' });
  await page.getByRole('button', { name: /Остановить/ }).click();
  await simulator.clientGone();
  await expect(page.getByText('Вы остановили ответ')).toBeVisible();
});

test('a killed server loses nothing that was seen', async ({ page, site, watchdog }) => {
  // The browser itself reports connections that are refused.
  watchdog.allow(/Failed to load resource|ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED/);
  await ask(page, 'Прервусь [[long 60]] [[stall 40]]');
  const log = page.getByRole('log');
  await expect(log).toContainText('35');
  const seen = /1 2 3[\d ]*/.exec(await log.innerText())?.[0].trim() ?? '';
  await site.restart('SIGKILL');
  await expect(page.getByText(/Ответ прервался/).first()).toBeAttached({ timeout: 30_000 });
  await page.reload();
  await expect(log).toContainText(seen);
});

test('temperature and answer length go to the model and stay with the chat', async ({ page, simulator }) => {
  await ask(page, 'Первый [[long 3]]');
  await expect(page.getByRole('log')).toContainText('1 2 3');
  await page.getByRole('button', { name: /Настройки ответа/ }).click();
  await page.getByRole('textbox', { name: 'Температура' }).fill('0,7');
  await page.getByRole('textbox', { name: /Длина ответа/ }).fill('500');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: /Настройки ответа.*2/ })).toBeVisible();
  await ask(page, 'Второй [[long 4]]');
  await expect(page.getByRole('log')).toContainText('1 2 3 4');
  const sent = JSON.parse(simulator.requests.findLast(({ path }) => path.endsWith('/completion'))?.body ?? '{}');
  expect(sent.completionOptions).toMatchObject({ temperature: 0.7, maxTokens: '500' });
  await page.reload();
  await expect(page.getByRole('button', { name: /Настройки ответа.*2/ })).toBeVisible();
});

test('the model knows the conversation', async ({ page }) => {
  await ask(page, 'Меня зовут Анна [[say Очень приятно]]');
  await expect(page.getByRole('log')).toContainText('Очень приятно');
  await ask(page, 'Что вы знаете? [[history]]');
  await expect(page.getByRole('log')).toContainText('"role":"assistant","text":"Очень приятно"');
});

test('clearing a chat can be undone, and then it is empty', async ({ page }) => {
  await ask(page, 'Сотрите меня [[say Хорошо]]');
  await expect(page.getByRole('log')).toContainText('Хорошо');
  const clear = async (): Promise<void> => {
    await page.getByRole('button', { name: 'Ещё' }).last().click();
    await page.getByRole('menuitem', { name: 'Очистить чат' }).click();
  };
  await clear();
  await page.getByRole('button', { name: 'Вернуть' }).click();
  await expect(page.getByRole('log')).toContainText('Хорошо');
  await clear();
  await expect(page.getByText('Чат очищен').first()).toBeVisible();
  await page.reload();
  await expect(page.getByText('Чем помочь?')).toBeVisible();
  await expect(page.getByRole('article')).toHaveCount(0);
});

test('an error says what to do, and asking again helps', async ({ page }) => {
  await ask(page, 'Сломайся [[fail 401]]');
  const alert = page.getByRole('alert').first();
  await expect(alert).toBeVisible();
  await expect(alert).toContainText(/ключ/i);
});

test('theme and language are remembered', async ({ page, isMobile }) => {
  if (isMobile) await page.getByRole('button', { name: 'Показать список чатов' }).click();
  await page.getByRole('button', { name: 'Оформление и язык' }).click();
  await page.getByRole('menuitemradio', { name: 'Тёмная' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('menuitemradio', { name: 'English' }).click();
  await expect(page.getByText('What can I help with?')).toBeAttached();
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});
