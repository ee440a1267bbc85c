import type { Clock } from '@multimodel/core';

interface WaitOptions<T> {
  readonly clock: Clock;
  readonly waitMs: number;
  readonly attempt: () => T | undefined | Promise<T | undefined>;
}

const pauseMs = 200;

/** Tries until something comes, at least once; `undefined` when the time is over. */
export async function waitFor<T>({ clock, waitMs, attempt }: WaitOptions<T>): Promise<T | undefined> {
  const end = clock.monotonic() + waitMs;
  for (;;) {
    const result = await attempt();
    if (result !== undefined || clock.monotonic() >= end) return result;
    await new Promise<void>((resolve) => {
      clock.schedule(Math.min(pauseMs, end - clock.monotonic()), resolve);
    });
  }
}
