/// <reference lib="dom" />
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { seedChats, seededId } from '../src/seed-chats.ts';
import { expect, test } from './walk.ts';

const paragraph = (at: number): string =>
  `Абзац ${at}: обычный текст ответа, который переносится на несколько строк и в котором **нет** ничего особенного, кроме его номера. `.repeat(
    3,
  );
const block = (at: number): string =>
  at % 4 === 0
    ? `\`\`\`ts\nexport const value${at} = ${at};\n// ещё строка\nexport const next${at} = value${at} + 1;\n\`\`\``
    : at % 4 === 1
      ? `| имя | значение |\n|---|---|\n| a | ${at} |\n| b | ${at + 1} |`
      : paragraph(at);
const answer = (from: number, blocks: number): string => Array.from({ length: blocks }, (_, at) => block(from + at)).join('\n\n');

const messages = 2_000;
const longChat = Array.from({ length: messages }, (_, index) =>
  index % 2 === 0 ? `Вопрос номер ${index}` : answer(index, 2 + (index % 7)),
);
const hugeAnswer = Array.from({ length: 700 }, (_, at) => `## Раздел ${at}\n\n${block(at)}`).join('\n\n');

test.beforeEach(async ({ site }, { project, testId }) => {
  const prefix = chatId(project.name, testId);
  seedChats(join(site.dataDir, 'multimodel.db'), [
    { id: `${prefix}-long`, texts: longChat },
    { id: `${prefix}-huge`, texts: ['Расскажите очень подробно', hugeAnswer] },
    { id: `${prefix}-short`, texts: ['Вопрос', 'Короткий ответ'] },
  ]);
});

const chatId = (project: string, testId: string): string => `${project}-${testId.slice(-8)}`;
const log = (page: Page): Locator => page.getByRole('log');
const message = (page: Page, id: string): Locator => page.locator(`[data-message="${id}"]`);

/** The first block below the upper edge, and how far below. */
function firstInView(page: Page): Promise<{ readonly text: string; readonly top: number }> {
  return log(page).evaluate((view) => {
    const { top, bottom } = view.getBoundingClientRect();
    const isInView = (element: Element): boolean => {
      const box = element.getBoundingClientRect();
      return box.top >= top && box.top < bottom;
    };
    const found = [...view.querySelectorAll('.md-group > *, .bubble')].filter((element) => element.checkVisibility()).find(isInView);
    return { text: found?.textContent?.slice(0, 60) ?? '', top: Math.round((found?.getBoundingClientRect().top ?? 0) - top) };
  });
}

/** Nothing more is being loaded, drawn or moved: two looks, some frames apart, see the same. */
async function untilStill(page: Page): Promise<void> {
  const look = () =>
    log(page).evaluate(
      (view) =>
        new Promise<string>((resolve) => {
          let frames = 0;
          const tick = (): void => {
            frames += 1;
            if (frames < 12) requestAnimationFrame(tick);
            else resolve(`${view.scrollTop} ${view.scrollHeight} ${view.querySelectorAll('article').length}`);
          };
          requestAnimationFrame(tick);
        }),
    );
  let before = '';
  await expect
    .poll(async () => {
      const now = await look();
      const isSame = now === before;
      before = now;
      return isSame;
    })
    .toBe(true);
}

/** Counts every frame in which what was in view has moved although nobody scrolled. */
async function watchForJumps(page: Page): Promise<() => Promise<number>> {
  await log(page).evaluate((view) => {
    const state = { jumps: 0 };
    Object.assign(window, { walkJumps: state });
    let element: Element | undefined;
    let seen = 0;
    let lastScroll = performance.now();
    view.addEventListener('scroll', () => (lastScroll = performance.now()));
    const topOf = (of: Element): number => of.getBoundingClientRect().top;
    // After the frame is painted: within it, what has grown is not yet put right.
    const look = (): void => {
      const isAtRest = performance.now() - lastScroll > 150;
      if (isAtRest && element?.isConnected && Math.abs(topOf(element) - seen) > 2) state.jumps += 1;
      const edge = view.getBoundingClientRect().top;
      element = [...view.querySelectorAll('article')].find((article) => article.getBoundingClientRect().bottom > edge + 60);
      seen = element ? topOf(element) : 0;
      requestAnimationFrame(() => setTimeout(look));
    };
    look();
  });
  return () => page.evaluate<number>('window.walkJumps.jumps');
}

test('a chat of 2,000 messages opens at its end and is read upwards without a jump', async ({ page }, { project, testId }) => {
  const id = `${chatId(project.name, testId)}-long`;
  await page.goto(`/chat/${id}`);
  await expect(message(page, seededId(id, messages - 1)).locator('.md')).toBeVisible();
  expect(await log(page).evaluate((view) => view.scrollHeight - view.clientHeight - view.scrollTop)).toBeLessThan(4);
  await untilStill(page);
  await log(page).focus();
  for (let press = 0; press < 6; press += 1) await page.keyboard.press('PageUp');
  await untilStill(page);
  await log(page).hover();
  const upwards = async (): Promise<number> => {
    await page.mouse.wheel(0, -1_500);
    return page.locator('article').count();
  };
  await expect.poll(upwards).toBeGreaterThan(40);
  await untilStill(page);
  // What is in view moves by as much as the wheel says, whatever is drawn above it meanwhile.
  for (let turn = 0; turn < 5; turn += 1) {
    const mark = await log(page).evaluateHandle((view) => {
      const { top, height } = view.getBoundingClientRect();
      const blocks = [...view.querySelectorAll('article[data-message]')];
      return blocks.find((element) => element.getBoundingClientRect().bottom > top + height / 4);
    });
    const topOf = (): Promise<number> => mark.evaluate((element) => element?.getBoundingClientRect().top ?? Number.NaN);
    const before = await topOf();
    await page.mouse.wheel(0, -200);
    await untilStill(page);
    expect(Math.abs((await topOf()) - before - 200)).toBeLessThan(3);
  }
  const jumps = await watchForJumps(page);
  const place = await firstInView(page);
  // Whatever is still drawn in idle time moves nothing.
  await expect.poll(() => page.locator('article[data-pending]').count()).toBe(0);
  expect(await firstInView(page)).toEqual(place);
  expect(await jumps()).toBe(0);
});

test('a link leads to a message that is far away, and marks it', async ({ page }, { project, testId }) => {
  test.slow();
  const id = `${chatId(project.name, testId)}-long`;
  const target = seededId(id, 301);
  await page.goto(`/chat/${id}#m-${target}`);
  // 1,700 messages are loaded on the way.
  await expect(page.locator(`[data-message="${target}"][data-marked]`)).toBeAttached({ timeout: 40_000 });
  await expect(message(page, target)).toBeInViewport();
  await expect(message(page, target)).toBeFocused();
  await untilStill(page);
  const top = await message(page, target).evaluate(
    (element) => element.getBoundingClientRect().top - (element.closest('[role="log"]')?.getBoundingClientRect().top ?? 0),
  );
  expect(Math.abs(top - 16)).toBeLessThan(3);
  expect(await page.locator('article:not([data-pending])').count()).toBeLessThan(400);
  await page.goto(`/chat/${id}#m-nowhere`);
  await expect(page.getByRole('alert').getByText('Этого сообщения нет')).toBeAttached({ timeout: 60_000 });
});

test('the place in a chat is kept: in another chat, and after a reload', async ({ page }, { project, testId }) => {
  const prefix = chatId(project.name, testId);
  await page.goto(`/chat/${prefix}-long`);
  await expect(message(page, seededId(`${prefix}-long`, messages - 1)).locator('.md')).toBeVisible();
  await log(page).hover();
  for (let turn = 0; turn < 6; turn += 1) await page.mouse.wheel(0, -1_200);
  await untilStill(page);
  const place = await firstInView(page);
  await page.evaluate((path) => {
    history.pushState(undefined, '', path);
    dispatchEvent(new PopStateEvent('popstate'));
  }, `/chat/${prefix}-short`);
  await expect(page.getByText('Короткий ответ')).toBeVisible();
  await page.goBack();
  await untilStill(page);
  const back = await firstInView(page);
  expect(back.text).toBe(place.text);
  expect(Math.abs(back.top - place.top)).toBeLessThan(4);
  await page.reload();
  await expect(message(page, seededId(`${prefix}-long`, messages - 1))).toBeAttached();
  await untilStill(page);
  const after = await firstInView(page);
  expect(after.text).toBe(place.text);
  expect(Math.abs(after.top - place.top)).toBeLessThan(4);
});

test('an answer of 200,000 characters is there at once, its rest in slices, and all of it is found', async ({ page }, {
  project,
  testId,
}) => {
  const id = `${chatId(project.name, testId)}-huge`;
  expect(hugeAnswer.length).toBeGreaterThan(150_000);
  await page.goto(`/chat/${id}`);
  await expect(page.getByRole('heading', { name: 'Раздел 699', exact: true })).toBeInViewport();
  // Its text is there for the search of the browser before it is drawn.
  expect(await message(page, seededId(id, 1)).evaluate((element) => element.textContent?.includes('Раздел 3'))).toBe(true);
  const jumps = await watchForJumps(page);
  await expect.poll(() => page.locator('.md-group[data-pending]').count(), { timeout: 30_000 }).toBe(0);
  await expect(page.getByRole('heading', { name: /^Раздел \d+$/ })).toHaveCount(700);
  expect(await jumps()).toBe(0);
  await log(page).focus();
  await page.keyboard.press('Home');
  await expect(page.getByRole('heading', { name: 'Раздел 0', exact: true })).toBeInViewport();
});

test('a megabyte is refused with its length, and the field keeps what was in it', async ({ page, context }, { project }) => {
  test.skip(project.name === 'phone', 'the same code; pasting needs a keyboard');
  await page.goto('/');
  const field = page.getByRole('textbox', { name: 'Сообщение' });
  await field.fill('Вот текст: ');
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(() => navigator.clipboard.writeText('мегабайт '.repeat(116_509)));
  await field.press('ControlOrMeta+v');
  await expect(page.getByRole('alert').getByText(/Вставка слишком длинная: 1.048.581 при/)).toBeAttached();
  await expect(field).toHaveValue('Вот текст: ');
  await page.keyboard.type('и ещё');
  await expect(field).toHaveValue('Вот текст: и ещё');
  await expect(page.getByRole('button', { name: 'Отправить' })).toBeEnabled();
});

test('a long paste of words is taken, and the field lays it out in a font that does so quickly', async ({ page }) => {
  await page.goto('/');
  const field = page.getByRole('textbox', { name: 'Сообщение' });
  const fontOf = (): Promise<string> => field.evaluate((element) => getComputedStyle(element).fontFamily);
  expect(await fontOf()).toContain('Inter');
  const text = 'Сегодня хорошая погода, и мы пойдём гулять в парк. '.repeat(3_700);
  // The font is there before the first layout of the text, or that one alone takes many seconds.
  await field.evaluate((element) =>
    element.addEventListener('input', () => element.setAttribute('data-font-then', getComputedStyle(element).fontFamily), { once: true }),
  );
  await field.focus();
  await page.keyboard.insertText(text);
  await expect(field).toHaveValue(text);
  expect(await field.getAttribute('data-font-then')).not.toContain('Inter');
  await field.fill('короче');
  await expect.poll(fontOf).toContain('Inter');
});
