import { beforeEach, expect, test } from 'vitest';
import { TooltipTiming } from './tooltip-timing.ts';

let nowMs = 0;
let shown: string | undefined;
let waiting: { readonly atMs: number; readonly callback: () => void } | undefined;
let timing: TooltipTiming<string>;

function pass(ms: number): void {
  nowMs += ms;
  if (!waiting || waiting.atMs > nowMs) return;
  const { callback } = waiting;
  waiting = undefined;
  callback();
}

beforeEach(() => {
  nowMs = 10_000;
  shown = undefined;
  waiting = undefined;
  timing = new TooltipTiming<string>({
    now: () => nowMs,
    schedule: (callback, delayMs) => {
      waiting = { atMs: nowMs + delayMs, callback };
      return () => (waiting = undefined);
    },
    show: (anchor) => (shown = anchor),
    hide: () => (shown = undefined),
  });
});

test('a pointer that rests brings it, one that passes does not', () => {
  timing.pointsAt('copy');
  pass(399);
  expect(shown).toBeUndefined();
  pass(1);
  expect(shown).toBe('copy');
  timing.pointsAt(undefined);
  pass(2_000);
  timing.pointsAt('wrap');
  pass(100);
  timing.pointsAt(undefined);
  pass(2_000);
  expect(shown).toBeUndefined();
});

test('along a row of buttons nobody waits again', () => {
  timing.pointsAt('copy');
  pass(400);
  timing.pointsAt('wrap');
  expect(shown).toBe('wrap');
  timing.pointsAt(undefined);
  pass(120);
  expect(shown).toBeUndefined();
  pass(300);
  timing.pointsAt('copy');
  expect(shown).toBe('copy');
});

test('it stays while the pointer is on it, and goes soon after', () => {
  timing.pointsAt('copy');
  pass(400);
  timing.pointsAt(undefined);
  pass(100);
  timing.pointsAtTooltip();
  pass(5_000);
  expect(shown).toBe('copy');
  timing.pointsAt(undefined);
  pass(120);
  expect(shown).toBeUndefined();
});

test('the keyboard brings it at once, and takes it away at once', () => {
  timing.focuses('copy');
  expect(shown).toBe('copy');
  timing.focuses('wrap');
  expect(shown).toBe('wrap');
  timing.focuses(undefined);
  expect(shown).toBeUndefined();
});

test('a pointer that passes does not take away what the keyboard has brought', () => {
  timing.focuses('copy');
  timing.pointsAt('copy');
  timing.pointsAt(undefined);
  pass(1_000);
  expect(shown).toBe('copy');
});

test('after a click it stays away until somebody comes anew', () => {
  timing.pointsAt('copy');
  pass(200);
  timing.dismiss();
  pass(1_000);
  timing.pointsAt('copy');
  pass(1_000);
  expect(shown).toBeUndefined();
  timing.pointsAt(undefined);
  timing.pointsAt('copy');
  pass(400);
  expect(shown).toBe('copy');
  timing.dismiss();
  expect(shown).toBeUndefined();
});
