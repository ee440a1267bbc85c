import type { Usage } from '../model/stream-event.ts';
import type { RunTimings } from '../run/run-event.ts';
import type { Cost } from './cost.ts';

/** What an answer took that was written in several runs. A part that nobody knows counts as nothing. */
export function sumUsage(before: Usage | undefined, more: Usage | undefined): Usage | undefined {
  if (!before || !more) return before ?? more;
  return {
    inputTokens: before.inputTokens + more.inputTokens,
    outputTokens: before.outputTokens + more.outputTokens,
    reasoningTokens: sum(before.reasoningTokens, more.reasoningTokens),
    cachedInputTokens: sum(before.cachedInputTokens, more.cachedInputTokens),
    isEstimated: before.isEstimated || more.isEstimated || undefined,
  };
}

/** Absent when the two were paid in different money: a sum would say nothing. */
export function sumCost(before: Cost | undefined, more: Cost | undefined): Cost | undefined {
  if (!before || !more) return before ?? more;
  if (before.currency !== more.currency) return undefined;
  const amount = Math.round((before.amount + more.amount) * 1_000_000) / 1_000_000;
  return { amount, currency: before.currency, isEstimated: before.isEstimated || more.isEstimated };
}

/** The first word came once. */
export function sumTimings(before: RunTimings | undefined, more: RunTimings): RunTimings {
  if (!before) return more;
  return {
    queueMs: toTenth(before.queueMs + more.queueMs),
    firstTokenMs: before.firstTokenMs ?? more.firstTokenMs,
    totalMs: toTenth(before.totalMs + more.totalMs),
  };
}

function sum(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined && b === undefined ? undefined : (a ?? 0) + (b ?? 0);
}

const toTenth = (ms: number): number => Math.round(ms * 10) / 10;
