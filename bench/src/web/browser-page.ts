/// <reference lib="dom" />
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';

const flags = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--js-flags=--expose-gc'];
const viewport = { width: 1280, height: 800 };

export function launchBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: flags });
}

/** What the script in the page counts. */
export interface PageCounts {
  /** Moments in which something below `.md` was changed: with one redraw per frame, redraws. */
  readonly flushes: number;
  /** Elements and texts that were added below `.md`. */
  readonly addedNodes: number;
  readonly longTasksMs: readonly number[];
}

/** CPU of the main thread, which other work on the machine does not inflate. */
export interface MainThread {
  readonly scriptMs: number;
  readonly taskMs: number;
  readonly heapBytes: number;
  readonly nodes: number;
}

/** Runs in the page before anything else of it. */
function installCounters(): void {
  const counts = { flushes: 0, addedNodes: 0, longTasksMs: [] as number[] };
  Object.assign(window, { benchCounts: counts });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) counts.longTasksMs.push(duration);
  }).observe({ type: 'longtask', buffered: true });
  const isOfAnswer = ({ target }: MutationRecord): boolean =>
    (target instanceof Element ? target : target.parentElement)?.closest('.md, .answer-body') != null;
  new MutationObserver((records) => {
    const ours = records.filter(isOfAnswer);
    if (ours.length === 0) return;
    counts.flushes += 1;
    for (const record of ours) counts.addedNodes += record.addedNodes.length;
  }).observe(document, { childList: true, characterData: true, subtree: true });
}

/** One page of a browser with everything that the bench reads from it. */
export class BrowserPage implements AsyncDisposable {
  readonly page: Page;
  readonly #session: CDPSession;

  private constructor(page: Page, session: CDPSession) {
    this.page = page;
    this.#session = session;
  }

  static async open(browser: Browser): Promise<BrowserPage> {
    const context = await browser.newContext({ viewport, locale: 'ru-RU', reducedMotion: 'no-preference' });
    const page = await context.newPage();
    await page.addInitScript(installCounters);
    const session = await context.newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    return new BrowserPage(page, session);
  }

  async mainThread(): Promise<MainThread> {
    const { metrics } = await this.#session.send('Performance.getMetrics');
    const read = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
    return {
      scriptMs: read('ScriptDuration') * 1000,
      taskMs: read('TaskDuration') * 1000,
      heapBytes: read('JSHeapUsedSize'),
      nodes: read('Nodes'),
    };
  }

  counts(): Promise<PageCounts> {
    return this.page.evaluate<PageCounts>('window.benchCounts');
  }

  async resetCounts(): Promise<void> {
    await this.page.evaluate('Object.assign(window.benchCounts, { flushes: 0, addedNodes: 0, longTasksMs: [] })');
  }

  /** Twice, because what the first round lets go of may hold other things. */
  async collectGarbage(): Promise<void> {
    for (let round = 0; round < 2; round += 1) await this.#session.send('HeapProfiler.collectGarbage');
  }

  /** Elements that no page shows and something still holds, by Chromium's own count. */
  async detachedNodes(): Promise<number> {
    await this.#session.send('DOM.enable');
    const { detachedNodes } = await this.#session.send('DOM.getDetachedDomNodes');
    await this.#session.send('DOM.disable');
    return detachedNodes.length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.page.context().close();
  }
}
