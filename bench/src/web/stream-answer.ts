/// <reference lib="dom" />
import type { BrowserPage, MainThread } from './browser-page.ts';

interface ShownText {
  readonly answer: Element;
  /** Children of the answer that are counted, and how long their text is. */
  settled: number;
  length: number;
}

declare global {
  interface Window {
    benchShown?: ShownText;
    benchLog?: Element | null;
  }
}

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

/**
 * How long the text of the last answer is, without laying anything out. What stands in front of its last children is counted once:
 * to look through all of a long answer with every sample would be a good part of what is measured.
 */
function shownLength({ page }: BrowserPage): Promise<number> {
  return page.evaluate<number>(() => {
    const openChildren = 4;
    const known: ShownText = window.benchShown?.answer.isConnected ? window.benchShown : begin();
    const { children } = known.answer;
    const lengthOf = (index: number): number => children[index]?.textContent?.length ?? 0;
    for (; known.settled < children.length - openChildren; known.settled += 1) known.length += lengthOf(known.settled);
    let length = known.length;
    for (let index = known.settled; index < children.length; index += 1) length += lengthOf(index);
    window.benchShown = known;
    return length;

    function begin(): ShownText {
      const answer = [...document.querySelectorAll('.md, .answer-body')].at(-1) ?? document.createElement('div');
      return { answer, settled: 0, length: 0 };
    }
  });
}

/** For `watchAnswer`: whether our page has the whole answer. Asks the document for the list only once, for the same reason. */
export function isAnswerOver({ page }: BrowserPage): Promise<boolean> {
  return page.evaluate<boolean>(() => {
    if (!window.benchLog?.isConnected) window.benchLog = document.querySelector('[role="log"]');
    return window.benchLog?.getAttribute('aria-busy') === 'false';
  });
}

function answerNodes({ page }: BrowserPage): Promise<number> {
  return page.evaluate(() => [...document.querySelectorAll('.md')].at(-1)?.querySelectorAll('*').length ?? 0);
}
