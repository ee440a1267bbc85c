import { createClient } from '@multimodel/client';
import { exampleApiKey, exampleFolderId, type YandexGptSimulator } from '@multimodel/simulators';
import type { Page } from '@playwright/test';
import { simulatedModel } from '../src/server-process.ts';
import { ask, expect, test } from './walk.ts';

// Nobody waits two minutes for a vendor that does not begin.
test.use({ providerSettings: { firstTokenTimeoutMs: 1_000 } });

const logOf = (page: Page) => page.getByRole('log');
const cardOf = (page: Page) => logOf(page).locator('.error-card');
const retryOf = (page: Page) => cardOf(page).getByRole('button', { name: 'Повторить', exact: true });

test.beforeEach(async ({ page, simulator }) => {
  simulator.play({ kind: 'default' });
  await page.request.patch('/api/v1/settings', { data: { defaultModel: simulatedModel } });
  await page.goto('/');
  await expect(page.getByText('Чем помочь?')).toBeVisible();
});

/** What the card says, and what its fold says below, all of it in the reader's language. */
async function expectCard(page: Page, title: string, { code, sentence }: { readonly code: string; readonly sentence: RegExp }) {
  const card = cardOf(page);
  await expect(card.getByRole('alert')).toContainText(title);
  await card.getByText('Подробности', { exact: true }).click();
  await expect(card.getByText(code, { exact: true })).toBeVisible();
  await expect(card.getByText(sentence)).toBeVisible();
}

test('a vendor that does not begin is given up, and begins when it is asked again', async ({ page, simulator }) => {
  await ask(page, 'Начинай же [[hold]] [[say Начинаю]]');
  await expectCard(page, 'Провайдер не ответил вовремя', { code: 'timeout', sentence: /^Провайдер не начал отвечать вовремя$/ });
  await retryOf(page).click();
  await expect(cardOf(page)).toHaveCount(0);
  simulator.advance();
  await expect(logOf(page)).toContainText('Начинаю');
});

test('a conversation that the model has no room for: another model, a new chat, or the same again', async ({ page, simulator }) => {
  await ask(page, 'Начало [[say Есть]]');
  await expect(logOf(page)).toContainText('Есть');
  simulator.play({ kind: 'error', status: 400, message: 'number of input tokens must be no more than 8192, got 9000' });
  await ask(page, 'Слишком длинно [[say Теперь помещается]]');
  await expectCard(page, 'Переписка не помещается в память модели', {
    code: 'context_too_long',
    sentence: /^Переписка длиннее 8192 токенов, которые помнит эта модель/,
  });
  await expect(cardOf(page).getByRole('button', { name: 'Другая модель' })).toBeVisible();
  const failed = page.url();
  await cardOf(page).getByRole('button', { name: 'Новый чат' }).click();
  await expect(page.getByText('Чем помочь?')).toBeVisible();
  await page.goto(failed);
  simulator.play({ kind: 'default' });
  await retryOf(page).click();
  await expect(logOf(page)).toContainText('Теперь помещается');
  await expect(cardOf(page)).toHaveCount(0);
});

test('a vendor that cannot be reached: from the error to its settings, and back to an answer', async ({ page, site, simulator }) => {
  const { providers } = createClient({ baseUrl: site.url });
  const addresses = (url: string) => ({ baseUrl: url, openaiBaseUrl: `${url}/v1` });
  const nowhere = await providers.create({
    plugin: 'yandexgpt',
    slug: 'nowhere',
    displayName: 'Недоступный',
    settings: { apiKey: exampleApiKey, folderId: exampleFolderId, ...addresses('http://127.0.0.1:9') },
  });
  await page.request.patch('/api/v1/settings', { data: { defaultModel: 'nowhere/yandexgpt-5-lite' } });
  await page.reload();
  await ask(page, 'Есть кто? [[say Есть]]');
  await expectCard(page, 'Сервер не смог связаться с провайдером', {
    code: 'network',
    sentence: /^Нет связи с 127\.0\.0\.1:9: по этому адресу никто не отвечает/,
  });
  const failed = page.url();
  await cardOf(page).getByRole('link', { name: 'Открыть настройки провайдера' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Недоступный' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Название в списке' })).toHaveValue('Недоступный');
  await providers.update(nowhere.id, { settings: { apiKey: exampleApiKey, ...addresses(simulator.url) } });
  await page.goto(failed);
  await retryOf(page).click();
  await expect(logOf(page)).toContainText('Есть');
  await expect(cardOf(page)).toHaveCount(0);
  await providers.delete(nowhere.id);
});

test.describe('how an answer is typed', () => {
  const sentence = 'Ответ приходит одним куском, и смотреть, как он печатается, никто не просил. '.repeat(6).trim();
  const beginning = 'Итак.';

  /** How long the text of the answer was between its beginning and its end, at each change that could be seen. */
  async function lengthsBetween(page: Page, simulator: YandexGptSimulator): Promise<readonly number[]> {
    // The first words are never typed, and the last ones not either: one long piece comes between them.
    simulator.play({ kind: 'truncated', pieces: [beginning] });
    await ask(page, 'Напечатай');
    const goOn = logOf(page).getByRole('button', { name: 'Продолжить', exact: true });
    await expect(goOn).toBeVisible();
    await page.evaluate(() => {
      const seen = new Set<number>();
      Object.assign(window, { seen });
      const look = () => seen.add(document.querySelector('[role=log] article:last-of-type .md')?.textContent?.length ?? 0);
      new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    simulator.play({ kind: 'stall', pieces: [sentence] });
    await goOn.click();
    await expect(logOf(page).getByRole('article').last()).toContainText(sentence);
    simulator.advance();
    const lengths = await page.evaluate(() => [...(Reflect.get(window, 'seen') as Set<number>)]);
    const whole = Math.max(...lengths);
    expect(whole).toBeGreaterThanOrEqual(sentence.length);
    return lengths.filter((length) => length > beginning.length + 1 && length < whole);
  }

  // With motion there are many, as far as a busy machine draws frames at all.
  test('who wants no motion gets each piece at once', async ({ page, simulator }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await lengthsBetween(page, simulator)).toEqual([]);
  });
});
