import type { Clock } from '../shared/clock.ts';

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly callback: () => void;
}

/** A clock that stands still until a test moves it. */
export interface FakeClock extends Clock {
  /** Moves time on, timer by timer; after each one everything that it set going has come to rest. */
  advance(ms: number): Promise<void>;
  /** Lets everything come to rest and fires what is due now. */
  runDue(): Promise<void>;
  /** Wall time alone moves: the clock of the machine was set. */
  setNow(ms: number): void;
  readonly pendingTimers: number;
}

/** Resolves when every promise that can go on has gone on. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

export function createFakeClock(startMs = Date.UTC(2026, 0, 1)): FakeClock {
  const timers = new Set<Timer>();
  let elapsed = 0;
  let offset = startMs;
  let scheduled = 0;
  const nextDue = (until: number): Timer | undefined =>
    [...timers].filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at || a.order - b.order)[0];
  const advance = async (ms: number): Promise<void> => {
    const until = elapsed + ms;
    await settle();
    for (let timer = nextDue(until); timer; timer = nextDue(until)) {
      timers.delete(timer);
      elapsed = Math.max(elapsed, timer.at);
      timer.callback();
      await settle();
    }
    elapsed = until;
  };
  return {
    now: () => offset + elapsed,
    monotonic: () => elapsed,
    schedule: (delayMs, callback) => {
      scheduled += 1;
      const timer = { at: elapsed + Math.max(0, delayMs), order: scheduled, callback };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    advance,
    runDue: () => advance(0),
    setNow: (ms) => {
      offset = ms - elapsed;
    },
    get pendingTimers() {
      return timers.size;
    },
  };
}
