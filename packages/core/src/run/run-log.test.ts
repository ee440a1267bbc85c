import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toChatId, toMessageId, toRunId, toUserId } from '../shared/ids.ts';
import type { Storage } from '../shared/storage.ts';
import {
  createFakeClock,
  createMemoryLogger,
  createMemoryStorage,
  type FakeClock,
  type MemoryLogger,
  type MemoryStorage,
  settle,
} from '../testing/index.ts';
import { LiveRun } from './live-run.ts';
import type { Run } from './run.ts';
import type { RunEvent, RunSnapshot } from './run-event.ts';
import { type CommitInfo, type RunEnding, RunLog } from './run-log.ts';
import { RunTranscript } from './run-transcript.ts';

const owner = toUserId('ann');

interface Bench {
  readonly storage: MemoryStorage;
  readonly clock: FakeClock;
  readonly logger: MemoryLogger;
  readonly commits: CommitInfo[];
  readonly log: RunLog;
  readonly runs: readonly LiveRun[];
}

async function createBench(count = 1): Promise<Bench> {
  const storage = createMemoryStorage();
  const clock = createFakeClock();
  const logger = createMemoryLogger();
  const commits: CommitInfo[] = [];
  const runs = await Promise.all(Array.from({ length: count }, (_, index) => storeRun(storage, index)));
  const log = new RunLog({ storage, clock, logger, onCommit: (info) => void commits.push(info) });
  return { storage, clock, logger, commits, log, runs: runs.map((run) => new LiveRun(run)) };
}

async function storeRun(storage: Storage, index: number): Promise<Run> {
  const [chatId, messageId] = [toChatId(`chat-${index}`), toMessageId(`message-${index}`)];
  const common = { chatId, createdAt: 0 };
  const run: Run = {
    ...common,
    id: toRunId(`run-${index}`),
    messageId,
    ownerId: owner,
    state: 'queued',
    model: 'a/b',
    settings: {},
    processId: 'p',
    lastSeq: 0,
  };
  await storage.transact(async (tx) => {
    await tx.chats.insert({ id: chatId, ownerId: owner, settings: {}, createdAt: 0, updatedAt: 0 });
    await tx.messages.insert({ ...common, id: messageId, role: 'assistant', text: '', state: 'streaming', runId: run.id });
    await tx.runs.insert(run);
  });
  return run;
}

function endingOf(live: LiveRun, state: RunEnding['finish']['state'] = 'completed'): RunEnding {
  return { finish: { type: 'finish', state }, outcome: { state, text: live.said.text }, usage: [], finishedAt: 1 };
}

const word = (text: string) => ({ type: 'text-delta', text }) as const;
const attempt = { type: 'attempt', number: 1, provider: 'a', model: 'a/b', reason: 'requested' } as const;
const storedText = (storage: MemoryStorage, live: LiveRun): string => {
  const message = storage.tables.messages.get(live.run.messageId);
  if (message && message.state !== 'streaming') return message.text;
  return RunTranscript.ofLog(storage.tables.events.get(live.run.id) ?? []).text;
};
const only = <T>(values: readonly T[]): T => {
  const [first] = values;
  if (first === undefined) throw new Error('nothing there');
  return first;
};

describe('commits', () => {
  test('the first content goes at once, what follows waits for the tick, all runs together', async () => {
    const { log, clock, storage, commits, runs } = await createBench(3);
    for (const live of runs) await log.append(live, attempt);
    await settle();
    expect(commits).toEqual([]);
    await Promise.all(runs.map((live) => log.append(live, word('a'))));
    await settle();
    expect(commits).toMatchObject([{ runs: 3, events: 6 }]);
    for (const live of runs) await log.append(live, word('b'));
    await clock.advance(19);
    expect(commits).toHaveLength(1);
    await clock.advance(1);
    expect(commits).toMatchObject([{}, { runs: 3, events: 3 }]);
    expect(runs.map((live) => storedText(storage, live))).toEqual(['ab', 'ab', 'ab']);
    expect(runs.map(({ run }) => storage.tables.runs.get(run.id)?.state)).toEqual(['running', 'running', 'running']);
    expect(clock.pendingTimers).toBe(0);
  });

  test('an empty delta is not yet content', async () => {
    const { log, commits, runs } = await createBench();
    await log.append(only(runs), word(''));
    await settle();
    expect(commits).toEqual([]);
    await log.append(only(runs), word('a'));
    await settle();
    expect(commits).toHaveLength(1);
  });

  test('a slow database stretches the tick, to 100 ms at most', async () => {
    const { log, clock, storage, commits, runs } = await createBench();
    const live = only(runs);
    const release = storage.holdCommits();
    await log.append(live, word('a'));
    await clock.advance(500);
    await log.append(live, word('b'));
    release();
    await settle();
    expect(commits).toMatchObject([{ durationMs: 500 }]);
    await clock.advance(99);
    expect(commits).toHaveLength(1);
    await clock.advance(1);
    expect(commits).toHaveLength(2);
  });

  test('nothing is shown while its commit is under way', async () => {
    const { log, clock, storage, runs } = await createBench();
    const live = only(runs);
    const release = storage.holdCommits();
    await log.append(live, word('a'));
    await clock.advance(1_000);
    expect([live.said.text, live.shown.text]).toEqual(['a', '']);
    release();
    await settle();
    expect(live.shown.text).toBe('a');
  });

  test('first words and ends that arrive during a commit follow it at once', async () => {
    const { log, storage, runs, commits } = await createBench(2);
    const [one, two] = runs;
    if (!one || !two) return;
    const release = storage.holdCommits();
    await log.append(one, word('a'));
    await settle();
    await log.append(two, word('b'));
    release();
    await settle();
    expect(commits).toHaveLength(2);
    expect(two.shown.text).toBe('b');
  });

  test('a failed commit is repeated ever more slowly, in order, until it succeeds', async () => {
    const { log, clock, storage, runs, logger, commits } = await createBench();
    const live = only(runs);
    storage.failCommits('unavailable');
    const times: number[] = [];
    const before = clock.monotonic();
    await log.append(live, word('a'));
    for (let ms = 0; ms < 8_000; ms += 50) {
      const { transactions } = storage.counters;
      await clock.advance(50);
      if (storage.counters.transactions > transactions) times.push(clock.monotonic() - before);
      await log.append(live, word('b'));
    }
    expect(times.slice(0, 7)).toEqual([50, 150, 400, 900, 1_900, 3_900, 5_900]);
    expect(log.isFailing).toBe(true);
    storage.failCommits(undefined);
    await clock.advance(2_000);
    expect(log.isFailing).toBe(false);
    expect(live.shown.text).toBe(`a${'b'.repeat(160)}`);
    expect(storedText(storage, live)).toBe(live.shown.text);
    expect(commits).toHaveLength(1);
    expect(logger.lines.every(({ level }) => level === 'warn')).toBe(true);
  });

  test('words that arrive while the retry succeeds do not wait for a failure that is over', async () => {
    const { log, clock, storage, runs } = await createBench(2);
    const [one, two] = runs;
    if (!one || !two) return;
    storage.failCommits('unavailable');
    await log.append(one, word('a'));
    await settle();
    storage.failCommits(undefined);
    const release = storage.holdCommits();
    await clock.advance(50);
    await log.append(two, word('b'));
    release();
    await settle();
    expect(two.shown.text).toBe('b');
  });

  test('a failure after which nothing is left to write does not close the log', async () => {
    const { log, clock, storage, runs } = await createBench(2);
    const [one, two] = runs;
    if (!one || !two) return;
    storage.failCommits('unavailable');
    await log.append(one, word('a'));
    await settle();
    one.abandon();
    storage.failCommits(undefined);
    await clock.advance(50);
    await log.append(two, word('b'));
    await settle();
    expect(two.shown.text).toBe('b');
  });
});

describe('a commit that was kept although its answer was lost', () => {
  test('is found again, and nothing is refused', async () => {
    const { log, clock, storage, runs, logger } = await createBench(2);
    storage.loseNextAnswer();
    await Promise.all(runs.map((live) => log.append(live, word('a'))));
    await clock.advance(1_000);
    expect(runs.map(({ shown, stopping }) => [shown.text, stopping.signal.aborted])).toEqual([
      ['a', false],
      ['a', false],
    ]);
    expect(storedText(storage, only(runs))).toBe('a');
    expect(logger.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('makes no text twice when more has come since', async () => {
    const { log, clock, storage, runs } = await createBench();
    const live = only(runs);
    storage.loseNextAnswer();
    await log.append(live, word('a'));
    await settle();
    await log.append(live, word('b'));
    await clock.advance(1_000);
    expect([live.shown.text, storedText(storage, live)]).toEqual(['ab', 'ab']);
  });

  test('of an end leaves the stored end to those who come back', async () => {
    const { log, clock, storage, runs } = await createBench();
    const live = only(runs);
    storage.loseNextAnswer();
    const ended = log.end(live, endingOf(live));
    await clock.advance(1_000);
    await ended;
    expect([live.isOver, live.shown.finish]).toEqual([true, undefined]);
    expect(storage.tables.runs.get(live.run.id)?.state).toBe('completed');
  });
});

describe('back-pressure', () => {
  test('a model waits when too much of its run waits, and goes on after the commit', async () => {
    const { log, clock, storage, runs } = await createBench(2);
    const [busy, calm] = runs;
    if (!busy || !calm) return;
    const release = storage.holdCommits();
    let appended = 0;
    const pump = (async () => {
      for (; appended < 2_000; appended += 1) await log.append(busy, word('x'));
    })();
    await settle();
    expect(busy.pendingCount).toBe(513);
    await log.append(calm, word('y'));
    release();
    await clock.advance(200);
    await pump;
    expect(appended).toBe(2_000);
    expect(calm.shown.text).toBe('y');
  });

  test('a stop lets a waiting model go at once', async () => {
    const { log, storage, runs } = await createBench();
    const live = only(runs);
    const release = storage.holdCommits();
    for (let index = 0; index < 512; index += 1) await log.append(live, word('x'));
    let isFree = false;
    const waiting = log.append(live, word('y')).then(() => {
      isFree = true;
    });
    await settle();
    expect(isFree).toBe(false);
    live.stopping.abort(new Error('stopped'));
    await waiting;
    release();
  });
});

describe('ends', () => {
  test('finish, message and run in one transaction; nothing follows', async () => {
    const { log, clock, storage, runs } = await createBench();
    const live = only(runs);
    await log.append(live, word('a'));
    await log.end(live, endingOf(live));
    await log.append(live, word('late'));
    await clock.advance(1_000);
    expect(live.isOver).toBe(true);
    expect(live.shown.finish?.state).toBe('completed');
    expect(storage.tables.runs.get(live.run.id)).toMatchObject({ state: 'completed', lastSeq: 2, finishedAt: 1 });
    expect(storedText(storage, live)).toBe('a');
    expect(live.said.text).toBe('a');
  });

  test('the end of somebody else stands: ours, and the words before it, are shown to nobody', async () => {
    const { log, storage, runs } = await createBench();
    const live = only(runs);
    await log.append(live, word('seen'));
    await settle();
    await storage.transact((tx) => tx.runs.finish(live.run.id, { state: 'interrupted', lastSeq: 2, finishedAt: 5 }));
    await log.append(live, word(' unseen'));
    await log.end(live, endingOf(live));
    expect(live.isOver).toBe(true);
    expect(live.shown.finish).toBeUndefined();
    expect(live.shown.text).toBe('seen');
    expect(storage.tables.runs.get(live.run.id)).toMatchObject({ state: 'interrupted', finishedAt: 5 });
  });

  test('a run that the database refuses is told to stop and may still end; the others go on', async () => {
    const { log, storage, runs, logger } = await createBench(3);
    const [one, bad, three] = runs;
    if (!one || !bad || !three) return;
    storage.refuseRun(bad.run.id);
    for (const live of runs) await log.append(live, word('a'));
    await settle();
    expect([one.shown.text, bad.shown.text, three.shown.text]).toEqual(['a', '', 'a']);
    expect(bad.stopping.signal.reason).toMatchObject({ code: 'internal' });
    storage.refuseRun(bad.run.id, false);
    await log.append(bad, word('b'));
    await log.end(bad, endingOf(bad, 'failed'));
    expect(storage.tables.messages.get(bad.run.messageId)).toMatchObject({ state: 'failed', text: 'ab' });
    expect(bad.shown.finish?.state).toBe('failed');
    expect(logger.lines.filter(({ level }) => level === 'error')).toHaveLength(1);
  });

  test('an end that is refused as well is given up: nobody waits for it', async () => {
    const { log, storage, runs } = await createBench();
    const live = only(runs);
    storage.refuseRun(live.run.id);
    await log.end(live, endingOf(live));
    expect(live.isOver).toBe(true);
    expect(live.shown.finish).toBeUndefined();
    expect(storage.tables.runs.get(live.run.id)?.state).toBe('queued');
  });

  test('a database that goes away while runs are written apart loses none of them', async () => {
    const { log, clock, storage, runs } = await createBench(3);
    const bad = runs[0];
    if (!bad) return;
    storage.refuseRun(bad.run.id);
    const release = storage.holdCommits();
    for (const live of runs) await log.append(live, word('a'));
    await settle();
    storage.failCommits('unavailable');
    release();
    await settle();
    storage.failCommits(undefined);
    await clock.advance(1_000);
    expect(runs.map(({ shown }) => shown.text)).toEqual(['', 'a', 'a']);
  });
});

type StepName = 'say' | 'end' | 'refuse' | 'allow' | 'wait' | 'fail' | 'heal' | 'lose' | 'hold' | 'release';
interface Step {
  readonly name: StepName;
  readonly run: number;
  readonly text: string;
  readonly ms: number;
}

const runCount = 3;
const name = fc.oneof(
  { weight: 8, arbitrary: fc.constant<StepName>('say') },
  { weight: 3, arbitrary: fc.constant<StepName>('wait') },
  { weight: 1, arbitrary: fc.constantFrom<StepName>('end', 'refuse', 'allow') },
  { weight: 2, arbitrary: fc.constantFrom<StepName>('fail', 'heal', 'lose', 'hold', 'release') },
);
const step: fc.Arbitrary<Step> = fc.record({
  name,
  run: fc.nat({ max: runCount - 1 }),
  text: fc.string({ maxLength: 3 }),
  ms: fc.nat({ max: 150 }),
});

/** Keeps what it saw, and checks at each look that all of it is stored. */
class Witness {
  readonly #live: LiveRun;
  readonly #storage: MemoryStorage;
  readonly seen: (RunEvent | RunSnapshot)[] = [];
  text = '';
  readonly done: Promise<void>;

  constructor(live: LiveRun, storage: MemoryStorage) {
    this.#live = live;
    this.#storage = storage;
    this.done = this.#look();
  }

  async #look(): Promise<void> {
    const watcher = this.#live.watch(0);
    const { signal } = new AbortController();
    for (let batch = await watcher.next(signal); batch; batch = await watcher.next(signal)) {
      for (const event of batch) {
        if (event.type === 'text-delta') this.text += event.text;
        this.seen.push(event);
      }
      expect(storedText(this.#storage, this.#live).startsWith(this.text)).toBe(true);
    }
  }
}

async function play({ storage, clock, log, runs }: Bench, steps: readonly Step[]): Promise<void> {
  const ends = new Map<LiveRun, Promise<void>>();
  let release = (): void => undefined;
  const end = (live: LiveRun): void => void (ends.has(live) || ends.set(live, log.end(live, endingOf(live))));
  const acts: Record<StepName, (live: LiveRun, step: Step) => void | Promise<void>> = {
    say: (live, { text }) => log.append(live, word(text)),
    end,
    refuse: (live) => storage.refuseRun(live.run.id),
    allow: (live) => storage.refuseRun(live.run.id, false),
    wait: (_live, { ms }) => clock.advance(ms),
    fail: () => storage.failCommits('unavailable'),
    heal: () => storage.failCommits(undefined),
    lose: () => storage.loseNextAnswer(),
    hold: () => {
      release();
      release = storage.holdCommits();
    },
    release: () => release(),
  };
  for (const next of steps) await acts[next.name](only(runs.slice(next.run)), next);
  storage.failCommits(undefined);
  release();
  for (const live of runs) {
    storage.refuseRun(live.run.id, false);
    end(live);
  }
  await clock.advance(10_000);
  await Promise.all(ends.values());
}

function checkEnd(live: LiveRun, witness: Witness, storage: MemoryStorage): void {
  expect(witness.seen.map(({ seq }) => seq)).toEqual(witness.seen.map((_, at) => at + 1));
  expect(live.isOver).toBe(true);
  if (!live.shown.finish) return;
  expect(witness.seen.filter(({ type }) => type === 'finish')).toEqual([witness.seen.at(-1)]);
  expect([witness.text, storedText(storage, live)]).toEqual([live.said.text, live.said.text]);
  expect(storage.tables.runs.get(live.run.id)).toMatchObject({ state: 'completed', lastSeq: witness.seen.length });
}

test('whatever happens: what was seen is stored, numbers have no gap, and every run has one end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const bench = await createBench(runCount);
      const witnesses = bench.runs.map((live) => new Witness(live, bench.storage));
      await play(bench, steps);
      await Promise.all(witnesses.map(({ done }) => done));
      for (const [index, live] of bench.runs.entries()) checkEnd(live, only(witnesses.slice(index)), bench.storage);
      // Only an end that was itself refused, or stored without our knowing, may be missing.
      const mayMiss = steps.some((next) => next.name === 'refuse' || next.name === 'lose');
      expect(mayMiss || bench.runs.every(({ shown }) => shown.finish)).toBe(true);
      expect(bench.clock.pendingTimers).toBe(0);
    }),
    { numRuns: 150 },
  );
}, 30_000);
