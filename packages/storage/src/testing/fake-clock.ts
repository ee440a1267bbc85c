import type { Clock, Logger } from '@multimodel/core';

interface Alarm {
  readonly at: number;
  readonly callback: () => void;
}

export interface FakeClock extends Clock {
  advance(byMs: number): void;
}

/** Stands still until a test moves it. */
export function createFakeClock(start = Date.UTC(2026, 0, 1)): FakeClock {
  let now = start;
  let alarms: readonly Alarm[] = [];
  return {
    now: () => now,
    monotonic: () => now,
    schedule(delayMs, callback) {
      const alarm = { at: now + delayMs, callback };
      alarms = [...alarms, alarm];
      return () => {
        alarms = alarms.filter((other) => other !== alarm);
      };
    },
    advance(byMs) {
      now += byMs;
      const due = alarms.filter((alarm) => alarm.at <= now);
      alarms = alarms.filter((alarm) => alarm.at > now);
      for (const alarm of due) alarm.callback();
    },
  };
}

const ignore = () => undefined;
export const silentLogger: Logger = { debug: ignore, info: ignore, warn: ignore, error: ignore, child: () => silentLogger };
