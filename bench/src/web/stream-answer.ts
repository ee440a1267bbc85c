/// <reference lib="dom" />
import type { BrowserPage, MainThread } from './browser-page.ts';

interface Sample extends MainThread {
  readonly shown: number;
  readonly flushes: number;
}

export interface StreamReading {
  readonly scriptMsPerFlush: number;
  readonly taskMsPerFlush: number;
  readonly flushes: number;
  /** Of the last quarter of the text, by the first, per flush. */
  readonly growth: number;
  readonly longestTaskMs: number;
  readonly longTasks: number;
  readonly seconds: number;
  /** How often a node of the finished answer was put into the page, on average. */
  readonly addedPerNode: number;
}

const sampleEveryMs = 200;
const longTaskMs = 50;

/** Watches an answer from before its first letter to its end. `isOver` is asked after each sample. */
export async function watchAnswer(view: BrowserPage, isOver: () => Promise<boolean>): Promise<StreamReading> {
  const samples: Sample[] = [await sample(view)];
  const begin = performance.now();
  do {
    await view.page.waitForTimeout(sampleEveryMs);
    samples.push(await sample(view));
  } while (!(await isOver()));
  samples.push(await sample(view));
  const seconds = (performance.now() - begin) / 1000;
  const { longTasksMs, addedNodes } = await view.counts();
  const over = longTasksMs.filter((duration) => duration > longTaskMs);
  const perFlush = (from: Sample | undefined, to: Sample | undefined, read: (sample: Sample) => number): number =>
    from && to ? (read(to) - read(from)) / Math.max(1, to.flushes - from.flushes) : Number.NaN;
  // Of what is shown: the marks of Markdown are not.
  const whole = samples.at(-1)?.shown ?? Number.NaN;
  const at = (share: number): Sample | undefined => samples.find(({ shown }) => shown >= whole * share);
  const script = ({ scriptMs }: Sample): number => scriptMs;
  const [first, last] = [samples[0], samples.at(-1)];
  return {
    scriptMsPerFlush: perFlush(first, last, script),
    taskMsPerFlush: perFlush(first, last, ({ taskMs }) => taskMs),
    flushes: (last?.flushes ?? 0) - (first?.flushes ?? 0),
    growth: perFlush(at(0.7), at(0.95), script) / perFlush(at(0.02), at(0.27), script),
    longestTaskMs: Math.max(0, ...longTasksMs),
    longTasks: over.length,
    seconds,
    addedPerNode: addedNodes / Math.max(1, await answerNodes(view)),
  };
}

async function sample(view: BrowserPage): Promise<Sample> {
  const [thread, counts, shown] = [await view.mainThread(), await view.counts(), await shownLength(view)];
  return { ...thread, flushes: counts.flushes, shown };
}

/** The text of the last answer, without laying anything out. */
function shownLength(view: BrowserPage): Promise<number> {
  return view.page.evaluate(() => [...document.querySelectorAll('.md, .answer-body')].at(-1)?.textContent?.length ?? 0);
}

function answerNodes({ page }: BrowserPage): Promise<number> {
  return page.evaluate(() => [...document.querySelectorAll('.md')].at(-1)?.querySelectorAll('*').length ?? 0);
}
