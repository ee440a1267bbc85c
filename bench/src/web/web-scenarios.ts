/// <reference lib="dom" />
import type { Browser } from 'playwright-core';
import { median, quantile } from '../report/statistics.ts';
import { BrowserPage } from './browser-page.ts';
import { inChunks, longAnswer } from './long-answer.ts';
import { longChat, oneAnswerChat } from './seed-chats.ts';
import { isAnswerOver, type StreamReading, watchAnswer } from './stream-answer.ts';
import type { WebMeasure } from './web-measure.ts';
import type { WebPlan } from './web-plan.ts';
import type { WebSite } from './web-site.ts';

export interface WebContext {
  readonly plan: WebPlan;
  readonly site: WebSite;
  readonly browser: Browser;
  say(line: string): void;
}

const budgetTaskMs = 50;
const budgetFirstScreenMs = 200;
const kilobyte = 1024;
const restMs = 1_500;

/** Answers that are written while somebody watches, in the page and in the comparison. */
export async function streaming({ plan, site, browser, say }: WebContext, plainUrl: string | undefined): Promise<readonly WebMeasure[]> {
  const measures: WebMeasure[] = [];
  for (const length of plan.streams) {
    say(`Streaming an answer of ${length} characters`);
    const ours = await streamOurs(browser, site, length);
    const plain = plainUrl === undefined ? undefined : await streamPlain(browser, plainUrl, length);
    const row = (name: string, unit: string, read: (reading: StreamReading) => number, budget?: number): WebMeasure => {
      return { scenario: `streaming ${length} characters`, name, unit, ours: read(ours), plain: plain && read(plain), budget };
    };
    measures.push(
      row('script CPU per redraw', 'ms', (reading) => reading.scriptMsPerFlush, 4),
      row('all CPU of the main thread per redraw', 'ms', (reading) => reading.taskMsPerFlush, 16.7),
      row('last quarter by first quarter, script per redraw', '×', (reading) => reading.growth, length > 20_000 ? 2 : undefined),
      row('longest task', 'ms', (reading) => reading.longestTaskMs, length > 20_000 ? undefined : budgetTaskMs),
      row(`tasks over ${budgetTaskMs} ms`, '', (reading) => reading.longTasks),
      row('redraws', '', (reading) => reading.flushes),
      row('nodes added per node of the answer', '', (reading) => reading.addedPerNode),
      row('time', 's', (reading) => reading.seconds),
    );
  }
  return measures;
}

async function streamOurs(browser: Browser, { client, answer, model, url }: WebSite, length: number): Promise<StreamReading> {
  await using view = await BrowserPage.open(browser);
  const text = longAnswer(length);
  answer(inChunks(text));
  const { id } = await client.chats.create({ title: `Поток ${length}`, model });
  await view.page.goto(`${url}/chat/${id}`);
  await view.page.getByRole('textbox').fill('Расскажите');
  await view.resetCounts();
  await view.page.locator('.send-button').click();
  await view.page.locator('.answer').first().waitFor();
  return await watchAnswer(view, () => isAnswerOver(view));
}

async function streamPlain(browser: Browser, url: string, length: number): Promise<StreamReading> {
  await using view = await BrowserPage.open(browser);
  await view.page.goto(`${url}/`);
  await view.page.locator('#root').waitFor({ state: 'attached' });
  await view.resetCounts();
  await view.page.evaluate(`window.benchStream(${length})`);
  return await watchAnswer(view, () => view.page.evaluate<boolean>('window.benchIsOver'));
}

/** The page as a person has it before they open another chat: loaded, at rest. */
async function restingPage(browser: Browser, url: string): Promise<BrowserPage> {
  const view = await BrowserPage.open(browser);
  await view.page.goto(url);
  await view.page.locator('nav a[href^="/chat/"]').first().waitFor();
  await view.page.waitForTimeout(restMs);
  return view;
}

/** Opens a chat of the list; from the arrival of its messages to the frame that shows the newest of them drawn. */
async function timeToScreen({ page }: BrowserPage, chatId: string): Promise<number> {
  await page.evaluate((id) => {
    performance.clearResourceTimings();
    document.querySelector<HTMLElement>(`nav a[href="/chat/${id}"]`)?.click();
  }, chatId);
  const end = await page.waitForFunction(
    () => {
      const last = [...document.querySelectorAll('article')].at(-1);
      const isDrawn = last?.querySelector('.md') && last.querySelector('.answer-foot');
      const [response] = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/messages?'));
      if (!isDrawn || !(response instanceof PerformanceResourceTiming)) return undefined;
      return new Promise<number>((resolve) => {
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - response.responseEnd)));
      });
    },
    undefined,
    { polling: 'raf' },
  );
  return (await end.jsonValue()) ?? Number.NaN;
}

/** One long settled answer: how soon it can be read, and whether the page stays answerable while the rest is drawn. */
export async function opening({ plan, site, browser, say }: WebContext): Promise<readonly WebMeasure[]> {
  const measures: WebMeasure[] = [];
  for (const length of plan.settled) {
    say(`Opening a settled answer of ${length} characters`);
    const chat = oneAnswerChat(`settled-${length}`, length);
    site.seed([chat]);
    const screens: number[] = [];
    const tasks: number[][] = [];
    for (let round = 0; round < plan.openings; round += 1) {
      await using view = await restingPage(browser, site.url);
      await view.resetCounts();
      screens.push(await timeToScreen(view, chat.id));
      await untilAllDrawn(view);
      tasks.push([...(await view.counts()).longTasksMs]);
    }
    const scenario = `opening a settled answer of ${length} characters`;
    const longest = tasks.map((durations) => Math.max(0, ...durations));
    measures.push(
      { scenario, name: 'response to screen, median', unit: 'ms', ours: median(screens), budget: budgetFirstScreenMs },
      { scenario, name: 'longest task from click to end, best', unit: 'ms', ours: Math.min(...longest), budget: budgetTaskMs },
      { scenario, name: 'longest task, worst', unit: 'ms', ours: Math.max(...longest) },
      { scenario, name: `tasks over ${budgetTaskMs} ms, median`, unit: '', ours: median(tasks.map((durations) => durations.length)) },
    );
  }
  return measures;
}

/** What is far away is drawn when nobody waits for anything. */
async function untilAllDrawn({ page }: BrowserPage): Promise<void> {
  await page.waitForFunction(() => document.querySelectorAll('.md-group[data-pending]').length === 0, undefined, { timeout: 60_000 });
  await page.waitForTimeout(300);
}

/** A long chat: the newest screenful, then upwards as fast as a wheel goes. */
export async function longChats({ plan, site, browser, say }: WebContext): Promise<readonly WebMeasure[]> {
  const { chatMessages, wheels } = plan;
  say(`A chat of ${chatMessages} messages`);
  const chat = longChat('long-chat', chatMessages);
  site.seed([chat]);
  const screens: number[] = [];
  for (let round = 0; round < plan.openings; round += 1) {
    await using view = await restingPage(browser, site.url);
    screens.push(await timeToScreen(view, chat.id));
  }
  await using view = await restingPage(browser, site.url);
  await timeToScreen(view, chat.id);
  await view.page.waitForTimeout(restMs);
  await view.resetCounts();
  const frames = await scrollUp(view, wheels);
  const { longTasksMs } = await view.counts();
  const loaded = await view.page.locator('article').count();
  const { nodes } = await view.mainThread();
  const scenario = `chat of ${chatMessages} messages`;
  return [
    { scenario, name: 'response to newest screenful, median', unit: 'ms', ours: median(screens), budget: budgetFirstScreenMs },
    { scenario, name: 'frame while scrolling up, p50', unit: 'ms', ours: quantile(frames, 0.5), budget: 17 },
    { scenario, name: 'frame while scrolling up, p95', unit: 'ms', ours: quantile(frames, 0.95) },
    { scenario, name: 'frame while scrolling up, longest', unit: 'ms', ours: Math.max(...frames) },
    { scenario, name: `tasks over ${budgetTaskMs} ms while scrolling up`, unit: '', ours: longTasksMs.length },
    { scenario, name: 'messages loaded by then', unit: '', ours: loaded },
    { scenario, name: 'nodes of the document by then', unit: '', ours: nodes },
  ];
}

const wheelPx = 900;
const wheelEveryMs = 30;

async function scrollUp(view: BrowserPage, wheels: number): Promise<readonly number[]> {
  await view.page.mouse.move(640, 400);
  await view.page.evaluate(() => {
    const frames: number[] = [];
    let before = performance.now();
    const tick = (now: number): void => {
      frames.push(now - before);
      before = now;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    Object.assign(window, { benchFrames: frames });
  });
  for (let wheel = 0; wheel < wheels; wheel += 1) {
    await view.page.mouse.wheel(0, -wheelPx);
    await view.page.waitForTimeout(wheelEveryMs);
  }
  return view.page.evaluate<number[]>('window.benchFrames.slice(1)');
}

const memoryAnswerLength = 2_000;
const memoryWarmUp = 2;

/** Many answers in one sitting: what each of them leaves behind. */
export async function memory({ plan, site, browser, say }: WebContext): Promise<readonly WebMeasure[]> {
  say(`Memory over ${plan.memoryAnswers} answers`);
  await using view = await BrowserPage.open(browser);
  const { client, url, model } = site;
  site.answer(inChunks(longAnswer(memoryAnswerLength), 10));
  const { id } = await client.chats.create({ title: 'Память', model });
  await view.page.goto(`${url}/chat/${id}`);
  let asked = 0;
  const ask = async (): Promise<void> => {
    await view.page.getByRole('textbox').fill('Ещё');
    await view.page.locator('.send-button').click();
    await view.page.locator('.answer').nth(asked).waitFor({ state: 'attached' });
    asked += 1;
    await view.page.locator('[role="log"][aria-busy="false"]').waitFor();
  };
  const read = async () => {
    await view.collectGarbage();
    const { heapBytes, nodes } = await view.mainThread();
    return { heapBytes, nodes, detached: await view.detachedNodes() };
  };
  for (let at = 0; at < memoryWarmUp; at += 1) await ask();
  const before = await read();
  for (let at = 0; at < plan.memoryAnswers; at += 1) await ask();
  const after = await read();
  const scenario = `memory over ${plan.memoryAnswers} answers of ${memoryAnswerLength} characters`;
  const perAnswer = (read: (state: typeof before) => number): number => (read(after) - read(before)) / plan.memoryAnswers;
  return [
    { scenario, name: 'JS heap before', unit: 'KB', ours: before.heapBytes / kilobyte },
    { scenario, name: 'JS heap after', unit: 'KB', ours: after.heapBytes / kilobyte },
    { scenario, name: 'JS heap per answer', unit: 'KB', ours: perAnswer(({ heapBytes }) => heapBytes) / kilobyte, budget: 200 },
    { scenario, name: 'nodes per answer', unit: '', ours: perAnswer(({ nodes }) => nodes) },
    { scenario, name: 'detached nodes after', unit: '', ours: after.detached },
  ];
}
