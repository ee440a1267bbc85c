import type { Clock } from '@multimodel/core';

/** A clock that moves only by hand. */
export interface FakeClock extends Clock {
  /** Moves time forward and calls back whatever falls due, in order. */
  advance(ms: number): void;
  /** Callbacks that still wait; 0 after a test shows that no timer was forgotten. */
  readonly pendingTimers: number;
}

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/**
 * A clock for tests. `now` in epoch milliseconds, 2026-01-01 by default; `monotonic` begins at 0.
 *
 * @example
 * const clock = createFakeClock();
 * clock.schedule(1000, () => console.log('a second later'));
 * clock.advance(1000);
 */
export function createFakeClock(startMs: number = Date.UTC(2026, 0, 1)): FakeClock {
  let elapsedMs = 0;
  const timers = new Set<Timer>();
  const nextDue = (until: number): Timer | undefined => {
    let first: Timer | undefined;
    for (const timer of timers) if (timer.at <= until && timer.at < (first?.at ?? Number.POSITIVE_INFINITY)) first = timer;
    return first;
  };
  return {
    now: () => startMs + elapsedMs,
    monotonic: () => elapsedMs,
    schedule(delayMs, callback) {
      const timer = { at: elapsedMs + Math.max(delayMs, 0), callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance(ms) {
      const until = elapsedMs + ms;
      for (let due = nextDue(until); due; due = nextDue(until)) {
        timers.delete(due);
        elapsedMs = due.at;
        due.callback();
      }
      elapsedMs = until;
    },
    get pendingTimers() {
      return timers.size;
    },
  };
}
