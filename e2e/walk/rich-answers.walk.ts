/// <reference lib="dom" />
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { YandexGptSimulator } from '@multimodel/simulators';
import type { Locator, Page } from '@playwright/test';
import axe from 'axe-core';
import { ask, expect, test } from './walk.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test.beforeEach(async ({ page }) => {
  await page.goto('/');
  await expect(page.getByText('Чем помочь?')).toBeVisible();
});

test.afterEach(({ simulator }) => {
  simulator.play({ kind: 'default' });
});

/** The model answers with this text, line by line. */
async function answer(page: Page, simulator: YandexGptSimulator, markdown: string): Promise<Locator> {
  simulator.play({ kind: 'answer', pieces: markdown.match(/[^\n]*\n|[^\n]+$/g) ?? [] });
  await ask(page, 'Покажите');
  await expect(page.getByRole('status').filter({ hasText: 'Ответ готов' })).toBeAttached();
  return page.getByRole('log').getByRole('article').last();
}

const clipboardText = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText());

const select = (place: Locator): Promise<void> =>
  place.evaluate((element) => {
    const selection = getSelection();
    selection?.removeAllRanges();
    selection?.selectAllChildren(element);
  });

const code = `# src/tools/coin.py\ndef coin(p=0.5):\n    return "орёл"  # ${'длинная строка '.repeat(12)}`;

test('code is copied exactly, wrapped and saved under the name it gives itself', async ({ page, simulator }) => {
  const log = await answer(page, simulator, `Вот:\n\n\`\`\`python\n${code}\n\`\`\`\n`);
  await log.getByRole('button', { name: 'Копировать код' }).click();
  await expect(log.getByRole('status').filter({ hasText: 'Скопировано' })).toBeAttached();
  expect(await clipboardText(page)).toBe(code);
  const block = log.getByRole('region', { name: 'Код Python' });
  const overflow = () => block.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
  expect(await overflow()).toBeGreaterThan(0);
  const wrap = log.getByRole('button', { name: 'Переносить строки' });
  await wrap.press('Enter');
  await expect(wrap).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(overflow).toBe(0);
  const [download] = await Promise.all([page.waitForEvent('download'), log.getByRole('button', { name: 'Скачать файлом' }).click()]);
  expect(download.suggestedFilename()).toBe('coin.py');
  expect(await readFile(await download.path(), 'utf8')).toBe(code);
});

test('a table is copied for spreadsheets, and nothing in it runs there', async ({ page, simulator }) => {
  const log = await answer(page, simulator, '| Имя | Цена |\n|---|---:|\n| «а», "b" | -5,5 |\n| =1+1 | $x^2$ |\n');
  await log.getByRole('table').hover();
  await log.getByRole('button', { name: 'Действия с таблицей' }).click();
  await page.getByRole('menuitem', { name: 'Копировать как CSV' }).click();
  await expect.poll(() => clipboardText(page)).toBe('Имя,Цена\r\n"«а», ""b""","-5,5"\r\n\'=1+1,x^2');
});

test('formulas in dollars and in brackets are drawn, and copied as TeX and MathML', async ({ page, simulator }) => {
  const markdown = 'Пусть \\(x_1\\) и $E = mc^2$, тогда\n\\[\na\n+ b\n\\]\nи $\\foo$ неверна.\n';
  const log = await answer(page, simulator, markdown);
  await expect(log.locator('.katex')).toHaveCount(3);
  await expect(log.locator('[title*="foo"]')).toHaveText('\\foo');
  await select(log.locator('.md'));
  await page.keyboard.press('Control+c');
  expect(await clipboardText(page)).toBe('Пусть $x_1$ и $E = mc^2$, тогда\n\n$$\na\n+ b\n$$\n\nи $\\foo$ неверна.');
  const html = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    return (await item?.getType('text/html'))?.text();
  });
  expect(html).toContain('<annotation encoding="application/x-tex">E = mc^2</annotation>');
  expect(html).not.toMatch(/class=|style=|<button/);
});

const diagram = '```mermaid\nflowchart TD\n  A[Начало] --> B{Верно?}\n  B -->|Да| C[Конец]\n```\n';

test('a diagram is drawn in its frame in both themes, enlarged by keyboard, and shows its text', async ({ page, simulator }) => {
  const log = await answer(page, simulator, `Схема:\n\n${diagram}`);
  const picture = log.getByRole('img', { name: 'Диаграмма' });
  await expect(picture).toBeVisible();
  await expect(page.locator('iframe[sandbox="allow-scripts"]')).toHaveCount(1);
  const drawn = () => picture.evaluate((image) => decodeURIComponent(image.getAttribute('src') ?? ''));
  expect(await drawn()).toContain('Начало');
  expect(await picture.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth > 50)).toBe(true);
  const light = await drawn();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(drawn).not.toBe(light);
  await log.getByRole('button', { name: 'Текст диаграммы', exact: true }).click();
  await expect(log.getByText('A[Начало] --> B{Верно?}')).toBeVisible();
  const opener = log.getByRole('button', { name: 'Диаграмма: открыть крупно' });
  await opener.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Диаграмма' });
  const width = () => dialog.getByRole('img').evaluate((image) => image.clientWidth);
  await expect(dialog.getByRole('img')).toBeVisible();
  const before = await width();
  await page.keyboard.press('-');
  await expect.poll(width).toBeLessThan(before);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(opener).toBeFocused();
});

test('a diagram with a mistake says so and shows its text; many share one frame', async ({ page, simulator }) => {
  const log = await answer(
    page,
    simulator,
    `${'Ошибка:\n\n```mermaid\nflowchart TD\n  A[Начало --> B{\n```\n\n'}${`${diagram}\n`.repeat(6)}`,
  );
  for (const picture of await log.getByRole('figure').all()) {
    await picture.scrollIntoViewIfNeeded();
    await expect(picture.locator('.diagram-picture, .diagram-failure')).toBeVisible();
    expect(await page.locator('iframe').count()).toBe(1);
  }
  await expect(log.getByText('не удалось нарисовать')).toBeVisible();
  await expect(log.getByText('A[Начало --> B{').last()).toBeVisible();
  await expect(log.locator('.diagram-picture')).toHaveCount(6);
});

/** Diagrams that want to run or to fetch something; `stranger` is an address that nobody should ask. */
const hostile = (stranger: string): readonly string[] => [
  `flowchart TD\n  A["<img src=${stranger}/img onerror=alert(1)>"] --> B["<script>fetch('${stranger}/script')</script>"]`,
  'flowchart TD\n  A --> B\n  click A href "javascript:alert(1)"\n  click B call alert(1)',
  `flowchart TD\n  A@{ img: "${stranger}/pixel.png", label: "x" }`,
  `%%{init: {"securityLevel": "loose", "htmlLabels": true, "themeCSS": "*{background:url(${stranger}/css)}"}}%%\nflowchart TD\n  A["<iframe src=${stranger}/frame></iframe>"]`,
  `---\nconfig:\n  securityLevel: loose\n  fontFamily: "x;} @import url(${stranger}/import); {"\n---\nflowchart TD\n  A["<b onclick=alert(1)>x</b>"]`,
  'sequenceDiagram\n  participant A\n  link A: x @ javascript:alert(1)\n  A->>A: <svg onload=alert(1)>',
  `flowchart TD\n  A\n  style A fill:url(${stranger}/fill)\n  classDef x background:url(${stranger}/class)\n  class A x`,
];

test('hostile diagrams run nothing and fetch nothing', async ({ page, simulator, watchdog }) => {
  // What the frame's policy refuses the browser reports, as a request too; whether one really leaves the stranger knows.
  watchdog.allow(/Content Security Policy|ERR_BLOCKED_BY_CSP|^request to a stranger/);
  const asked: (string | undefined)[] = [];
  await using stranger = createServer((request, response) => {
    asked.push(request.url);
    response.end();
  }).listen(0, '127.0.0.1');
  await once(stranger, 'listening');
  const address = stranger.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  const sources = hostile(`http://127.0.0.1:${port}`);
  const log = await answer(page, simulator, sources.map((source) => `\`\`\`mermaid\n${source}\n\`\`\`\n\n`).join(''));
  for (const figure of await log.getByRole('figure').all()) {
    await figure.scrollIntoViewIfNeeded();
    await expect(figure.locator('.diagram-picture, .diagram-failure')).toBeVisible();
  }
  const drawn = await log.locator('.diagram-picture img').evaluateAll((images) =>
    images.map((image) => {
      const [, svg = ''] = /^data:image\/svg\+xml;charset=utf-8,(.*)$/.exec(image.getAttribute('src') ?? '') ?? [];
      const parsed = new DOMParser().parseFromString(decodeURIComponent(svg), 'image/svg+xml');
      const bad = [...parsed.querySelectorAll('script, iframe, image, img, foreignObject script, parsererror')].map(
        ({ tagName }) => tagName,
      );
      const attributes = [...parsed.querySelectorAll('*')].flatMap((element) => [...element.attributes]);
      const links = attributes.filter(
        ({ localName, value }) => localName.startsWith('on') || (localName === 'href' && !value.startsWith('#')),
      );
      return [...bad, ...links.map(({ name, value }) => `${name}=${value}`)];
    }),
  );
  expect(drawn.length).toBeGreaterThan(3);
  expect(drawn.flat()).toEqual([]);
  expect(dialogs).toEqual([]);
  expect(asked).toEqual([]);
});

test('a diagram that hangs holds up nothing and is removed', async ({ page, simulator }) => {
  const script = 'parent.postMessage({type:"ready"},"*");addEventListener("message",()=>{for(;;);})';
  await page.route('**/diagram/frame.html', (route) =>
    route.fulfill({
      contentType: 'text/html',
      headers: { 'cross-origin-embedder-policy': 'require-corp', 'cross-origin-resource-policy': 'cross-origin' },
      body: `<!doctype html><script>${script}</script>`,
    }),
  );
  const log = await answer(page, simulator, diagram);
  await expect(page.locator('iframe')).toHaveCount(1);
  await page.getByRole('textbox', { name: 'Сообщение' }).fill('Пишется');
  await expect(log.getByText('рисовалась слишком долго')).toBeVisible({ timeout: 20_000 });
  await expect(page.locator('iframe')).toHaveCount(0);
  await expect(log.getByText('A[Начало] --> B{Верно?}')).toBeVisible();
});

test('what is selected is quoted in the next message, by mouse and by key', async ({ page, simulator }) => {
  const log = await answer(page, simulator, 'Первый абзац с $x^2$.\n\nВторой абзац.\n');
  const composer = page.getByRole('textbox', { name: 'Сообщение' });
  const tools = page.getByRole('toolbar', { name: 'Выделенное' });
  await select(log.getByText('Первый абзац'));
  await tools.getByRole('button', { name: 'Цитировать' }).click();
  await expect(composer).toHaveValue('> Первый абзац с $x^2$.\n\n');
  await expect(composer).toBeFocused();
  await expect(tools).toBeHidden();
  await page.keyboard.insertText('Почему?');
  await page.getByRole('log').focus();
  await select(log.getByText('Второй абзац'));
  await expect(tools).toBeVisible();
  await page.keyboard.press('q');
  await expect(composer).toHaveValue('> Первый абзац с $x^2$.\n\nПочему?\n\n> Второй абзац.\n\n');
  await page.reload();
  await expect(composer).toHaveValue(/Второй абзац/);
});

test('the tools for a selection go on Escape and do not come for several messages', async ({ page, simulator }) => {
  const log = await answer(page, simulator, 'Ответ на вопрос.\n');
  const tools = page.getByRole('toolbar', { name: 'Выделенное' });
  await select(log.getByText('Ответ на вопрос.'));
  await tools.getByRole('button', { name: 'Копировать' }).click();
  await expect.poll(() => clipboardText(page)).toBe('Ответ на вопрос.');
  await select(log.locator('.md'));
  await expect(tools).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(tools).toBeHidden();
  await select(page.locator('.thread'));
  await expect.poll(() => page.evaluate(() => getSelection()?.toString())).toMatch(/Вы[\s\S]*Ответ на вопрос/);
  await expect(tools).toBeHidden();
});

test('the tools for a selection leave its quotation to be read, and do not come for the end of a line', async ({
  page,
  simulator,
  isMobile,
}) => {
  test.skip(isMobile, 'a finger selects in another way');
  const log = await answer(page, simulator, 'Вступление.\n\n> Первая строка\n> Последняя\n\nДальше.\n');
  const tools = page.getByRole('toolbar', { name: 'Выделенное' });
  const quote = log.locator('blockquote');
  const box = await quote.boundingBox();
  if (!box) throw new Error('no quotation');
  await page.mouse.dblclick(box.x + 40, box.y + box.height - 12);
  await expect.poll(() => page.evaluate(() => getSelection()?.toString())).toBe('Последняя');
  await expect(tools).toBeVisible();
  expect((await tools.boundingBox())?.y).toBeGreaterThan(box.y + box.height);
  await page.mouse.dblclick(box.x + 40, box.y + 12);
  await expect.poll(() => page.evaluate(() => getSelection()?.toString())).toBe('Первая');
  await expect.poll(async () => ((await tools.boundingBox())?.y ?? 0) < box.y - 20).toBe(true);
  await page.mouse.dblclick(box.x + 600, box.y + box.height - 12);
  await expect(tools).toBeHidden();
});

test('a picture that the answer holds itself is enlarged by a click, and Escape gives the focus back', async ({ page, simulator }) => {
  const pixels = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYPj/HwADAgH/p5Nn3wAAAABJRU5ErkJggg==';
  const log = await answer(page, simulator, `![График](data:image/png;base64,${pixels})\n`);
  const picture = log.getByRole('button', { name: 'График: открыть крупно' });
  await expect(picture).toBeEnabled();
  await picture.click();
  const large = page.getByRole('dialog', { name: 'График' });
  await expect(large.getByRole('img', { name: 'График' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(large).toHaveCount(0);
  await expect(picture).toBeFocused();
});

const sample = `# Отчёт

${diagram}
- [x] сделано
  1. глубже

| Модель | Цена | Очень длинное описание возможностей этой модели |
|---|---:|---|
| Lite | 1 200 ₽ | быстрый ответ |

Сноска[^1], [сайт](https://example.com/a) и ![Кот](https://cats.example/cat.png)

مرحبا بالعالم

\\[ \\sum_{i=1}^n i = \\frac{n(n+1)}{2} + \\frac{n(n+1)}{2} + \\frac{n(n+1)}{2} + \\frac{n(n+1)}{2} \\]

[^1]: Текст.
`;

test('a rich answer fits the narrowest phone and is accessible in both themes', async ({ page, simulator, isMobile }) => {
  if (isMobile) await page.setViewportSize({ width: 360, height: 740 });
  const log = await answer(page, simulator, sample);
  await log.getByRole('figure').first().scrollIntoViewIfNeeded();
  await expect(log.getByRole('img', { name: 'Диаграмма' })).toBeVisible();
  await expect(log.getByText('(example.com)')).toBeVisible();
  await select(log.getByRole('heading', { name: 'Отчёт' }));
  const width = await page.getByRole('log').evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
  expect(width).toBe(0);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate<axe.AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  }
});
