import type { ResponseHeaders } from '../transport/transport.ts';

/** A vendor that asks for more than a day is not waited for; the number still says that it is long. */
const longestMs = 24 * 60 * 60 * 1000;

/**
 * Milliseconds that the vendor asks to wait: `retry-after-ms`, or `retry-after` as seconds or as an HTTP date.
 * A date is read against the `date` header where there is one, so that a wrong clock on our side does no harm, else against `now`.
 * Absent when there is no such header or it makes no sense; never negative, at most a day.
 */
export function retryAfterMs(headers: ResponseHeaders, now: number = Date.now()): number | undefined {
  const exact = nonNegative(headers['retry-after-ms']);
  if (exact !== undefined) return bounded(exact);
  const value = headers['retry-after'];
  const seconds = nonNegative(value);
  if (seconds !== undefined) return bounded(seconds * 1000);
  const at = httpDate(value);
  if (at === undefined) return undefined;
  return bounded(at - (httpDate(headers['date']) ?? now));
}

/** Begins with the day of the week; `Date.parse` alone would take `-3` for a year. */
function httpDate(text: string | undefined): number | undefined {
  const at = text !== undefined && /^\s*[a-z]{3}/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

function nonNegative(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*\d+(?:\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
}

function bounded(ms: number): number {
  return Math.min(Math.max(Math.ceil(ms), 0), longestMs);
}
