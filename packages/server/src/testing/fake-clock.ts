import type { Clock } from '@multimodel/core';

export interface FakeClock extends Clock {
  advance(byMs: number): void;
}

/** Stands still until a test moves it. */
export function createFakeClock(): FakeClock {
  let now = Date.UTC(2026, 0, 1);
  const alarms = new Set<{ readonly at: number; readonly callback: () => void }>();
  return {
    now: () => now,
    monotonic: () => now,
    schedule(delayMs, callback) {
      const alarm = { at: now + delayMs, callback };
      alarms.add(alarm);
      return () => void alarms.delete(alarm);
    },
    advance(byMs) {
      now += byMs;
      for (const alarm of [...alarms].filter(({ at }) => at <= now)) {
        alarms.delete(alarm);
        alarm.callback();
      }
    },
  };
}
