import { expect, test } from '../walk/walk.ts';
import { languageOf, picture } from './picture.ts';

const texts = {
  ru: {
    composer: 'Сообщение',
    send: 'Отправить',
    settings: /Настройки ответа/,
    ready: 'Ответ готов',
    palette: 'Чат, команда или модель',
    model: /^Модель/,
    find: 'тема',
    questions: ['Чем квантовый компьютер отличается от обычного?', 'Составь план на выходные в Казани', 'Как вежливо перенести встречу?'],
    answer: [
      'Коротко: **обычный компьютер перебирает**, а квантовый работает со всеми вариантами сразу, пока мы не посмотрим на ответ.\n\n',
      '| | Обычный | Квантовый |\n|---|---|---|\n| Единица | бит: 0 или 1 | кубит: смесь 0 и 1 |\n| Сила | точность, скорость | перебор, моделирование |\n\n',
      'Для примера — бросок «квантовой монеты»:\n\n```python\nfrom random import random\n\ndef coin(p=0.5):\n    """Орёл с вероятностью p."""\n    return "орёл" if random() < p else "решка"\n```\n\n',
      '1. Кубит описывают числом $\\alpha|0\\rangle + \\beta|1\\rangle$.\n2. Измерение даёт 0 с вероятностью $|\\alpha|^2$.\n',
    ],
  },
  en: {
    composer: 'Message',
    send: 'Send',
    settings: /Answer settings/,
    ready: 'The answer is ready',
    palette: 'Chat, command or model',
    model: /^Model/,
    find: 'theme',
    questions: ['How does a quantum computer differ from a usual one?', 'Plan a weekend in Lisbon', 'How do I politely move a meeting?'],
    answer: [
      'In short: **a usual computer tries one by one**, a quantum one works with all variants at once, until we look at the answer.\n\n',
      '| | Usual | Quantum |\n|---|---|---|\n| Unit | bit: 0 or 1 | qubit: a mix of 0 and 1 |\n| Strength | precision, speed | search, simulation |\n\n',
      'For example, the toss of a “quantum coin”:\n\n```python\nfrom random import random\n\ndef coin(p=0.5):\n    """Heads with probability p."""\n    return "heads" if random() < p else "tails"\n```\n\n',
      '1. A qubit is described by $\\alpha|0\\rangle + \\beta|1\\rangle$.\n2. Measuring gives 0 with probability $|\\alpha|^2$.\n',
    ],
  },
} as const;

test('main screens', async ({ page, simulator }, info) => {
  const words = texts[languageOf(info)];
  simulator.play({ kind: 'answer', pieces: words.answer, usage: { inputTokens: 61, outputTokens: 248 } });
  await page.goto('/');
  await expect(page.getByRole('textbox', { name: words.composer })).toBeVisible();
  await picture(page, info, 'start');
  for (const question of words.questions.toReversed()) {
    await page.goto('/');
    await page.getByRole('textbox', { name: words.composer }).fill(question);
    await page.getByRole('button', { name: words.send }).click();
    await expect(page.getByRole('status').filter({ hasText: words.ready })).toBeAttached();
  }
  // Colours and formulas come from workers and lazy chunks.
  await page.waitForLoadState('networkidle');
  await page.getByRole('log').evaluate((log) => log.closest('main')?.querySelector('[data-scroller]')?.scrollTo({ top: 0 }));
  await picture(page, info, 'chat');
  await page.getByRole('button', { name: words.settings }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await picture(page, info, 'settings');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('Control+KeyK');
  await page.getByRole('combobox', { name: words.palette }).pressSequentially(words.find);
  await expect(page.getByRole('option').first()).toBeVisible();
  await picture(page, info, 'palette');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: words.model }).click();
  await expect(page.getByRole('option').first()).toBeVisible();
  await picture(page, info, 'models');
});
