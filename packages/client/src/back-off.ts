/** Runs `callback` after `delayMs`; the returned function cancels it. */
export type Schedule = (callback: () => void, delayMs: number) => () => void;

export const systemSchedule: Schedule = (callback, delayMs) => {
  const timer = setTimeout(callback, delayMs);
  return () => clearTimeout(timer);
};

export const backOff = { firstMs: 300, maxMs: 15_000 } as const;

/** Exponential with jitter between a half and the whole, so that a restarted server does not meet all pages at once. */
export function backOffMs(failures: number, random: () => number): number {
  const ceiling = Math.min(backOff.maxMs, backOff.firstMs * 2 ** Math.min(failures, 20));
  return Math.round(ceiling * (0.5 + random() / 2));
}
