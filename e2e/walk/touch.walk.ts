/// <reference lib="dom" />
import type { CDPSession, Locator, Page } from '@playwright/test';
import { ask, expect, test } from './walk.ts';

// Fingers.
test.skip(({ isMobile }) => !isMobile);

test.beforeEach(async ({ page }) => {
  await page.goto('/');
  await expect(page.getByText('Чем помочь?')).toBeVisible();
});

interface Point {
  readonly x: number;
  readonly y: number;
}

const touch = (cdp: CDPSession, type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: readonly Point[]) =>
  cdp.send('Input.dispatchTouchEvent', { type, touchPoints: [...touchPoints] });

async function swipe(page: Page, from: Point, to: Point): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  const steps = 12;
  await touch(cdp, 'touchStart', [from]);
  for (let step = 1; step <= steps; step += 1) {
    const part = step / steps;
    await touch(cdp, 'touchMove', [{ x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }]);
  }
  await touch(cdp, 'touchEnd', []);
  await cdp.detach();
}

/** A finger that rests until something comes of it. */
async function longPress(page: Page, target: Locator, outcome: () => Promise<void>): Promise<void> {
  const box = await target.boundingBox();
  if (!box) throw new Error('not on the screen');
  const cdp = await page.context().newCDPSession(page);
  await touch(cdp, 'touchStart', [{ x: box.x + 12, y: box.y + box.height / 2 }]);
  await outcome();
  await touch(cdp, 'touchEnd', []);
  await cdp.detach();
}

const answered = (page: Page) => expect(page.getByRole('status').filter({ hasText: 'Ответ готов' })).toBeAttached();

test('a swipe from the edge brings the list of chats, and one back takes it away', async ({ page }) => {
  const list = page.getByRole('navigation', { name: 'Чаты' });
  await swipe(page, { x: 200, y: 300 }, { x: 340, y: 300 });
  await swipe(page, { x: 12, y: 200 }, { x: 40, y: 500 });
  await expect(list).toHaveCount(0);
  // A busy browser may still take the finger for a scroll: then people swipe once more.
  await expect(async () => {
    await swipe(page, { x: 12, y: 300 }, { x: 220, y: 310 });
    await expect(list).toBeVisible({ timeout: 3_000 });
  }).toPass();
  await swipe(page, { x: 260, y: 300 }, { x: 10, y: 305 });
  await expect(list).toHaveCount(0);
});

test('a finger that rests on a message opens its actions', async ({ page }) => {
  await ask(page, 'Подержите меня [[say Хорошо]]');
  await answered(page);
  const bubble = page.getByText('Подержите меня', { exact: false }).last();
  const menu = page.getByRole('menu');
  await longPress(page, bubble, () => expect(menu.getByRole('menuitem', { name: 'Копировать сообщение' })).toBeVisible());
  // The finger that goes up chooses nothing.
  await expect(menu).toBeVisible();
  await page.touchscreen.tap(195, 60);
  await expect(menu).toHaveCount(0);
  await longPress(page, page.getByRole('list', { name: 'Об ответе' }), () =>
    expect(menu.getByRole('menuitem', { name: 'Ответить заново' })).toBeVisible(),
  );
  await menu.getByRole('menuitem', { name: 'Ответить заново' }).tap();
  await expect(page.getByText('2/2')).toBeVisible();
});

test('the text of an answer stays for selecting', async ({ page }) => {
  await ask(page, 'Текст [[say Выделяемое слово]]');
  await answered(page);
  const selectable = (target: Locator) => target.evaluate((element) => getComputedStyle(element).userSelect !== 'none');
  expect(await selectable(page.getByText('Выделяемое слово', { exact: true }))).toBe(true);
  expect(await selectable(page.locator('.question .bubble'))).toBe(false);
});

/** Everything to touch that is on the screen and smaller than a fingertip; links in running text are as tall as their line. */
const smallTargets = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const controls = document.querySelectorAll<HTMLElement>(
      'button, a[href], input, select, textarea, summary, [role="menuitem"], [role="menuitemradio"], [role="menuitemcheckbox"], [role="option"]',
    );
    return [...controls]
      .filter((element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
      .filter((element) => !element.closest('.answer-body p, .skip-link, [aria-hidden="true"]') && !element.matches('.skip-link'))
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1 && (box.width < 43.5 || box.height < 43.5))
      .map(({ element, box }) => `${Math.round(box.width)}×${Math.round(box.height)} ${element.outerHTML.slice(0, 120)}`);
  });

test('everything to touch is as large as a fingertip', async ({ page }) => {
  expect(await smallTargets(page)).toEqual([]);
  await ask(page, 'Покажите разметку [[markdown]]');
  await answered(page);
  expect(await smallTargets(page)).toEqual([]);
  await page.getByRole('button', { name: /^Модель/ }).tap();
  await expect(page.getByRole('dialog', { name: 'Модель' })).toBeVisible();
  expect(await smallTargets(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Показать список чатов' }).tap();
  await expect(page.getByRole('navigation', { name: 'Чаты' })).toBeVisible();
  expect(await smallTargets(page)).toEqual([]);
  await page.keyboard.press('Control+K');
  await expect(page.getByRole('option').first()).toBeVisible();
  expect(await smallTargets(page)).toEqual([]);
});

test('no width and no size of text makes the page scroll sideways', async ({ page }) => {
  await ask(page, 'Покажите разметку [[markdown]]');
  await answered(page);
  const overflow = () =>
    page.evaluate(() => {
      const scroller = document.querySelector('[role="log"]');
      return [document.documentElement, ...(scroller ? [scroller] : [])].map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
    });
  for (const textSize of ['16px', '32px']) {
    await page.evaluate((size) => document.documentElement.style.setProperty('font-size', size), textSize);
    for (const width of [320, 360, 390, 768, 1280]) {
      await page.setViewportSize({ width, height: 740 });
      await expect.poll(overflow, { message: `${width} px, text ${textSize}` }).toEqual([0, 0]);
      await expect(page.getByRole('textbox', { name: 'Сообщение', exact: true })).toBeInViewport();
      await expect(page.getByRole('button', { name: 'Отправить' })).toBeInViewport();
    }
  }
});

test('a keyboard that lies over the page never hides the field', async ({ page }) => {
  // As Safari does it: what is seen shrinks, the page does not know.
  await page.evaluate(() => {
    const viewport = window.visualViewport;
    if (!viewport) throw new Error('no visualViewport');
    Object.defineProperty(viewport, 'height', { configurable: true, get: () => 420 });
    viewport.dispatchEvent(new Event('resize'));
  });
  const field = page.getByRole('textbox', { name: 'Сообщение', exact: true });
  const bottom = () => field.evaluate((element) => element.getBoundingClientRect().bottom);
  await expect.poll(bottom).toBeLessThan(420);
  await page.evaluate(() => {
    Reflect.deleteProperty(window.visualViewport ?? {}, 'height');
    window.visualViewport?.dispatchEvent(new Event('resize'));
  });
  await expect.poll(bottom).toBeGreaterThan(420);
});
