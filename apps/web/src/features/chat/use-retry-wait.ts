import { useEffect, useState } from 'react';

/** Seconds until it may be tried again; 0 = now. `since`: when the wait was asked for, by a clock that may differ from this one. */
export function useRetryWait(retryAfterMs: number | undefined, since?: number): number {
  const [shownAt] = useState(Date.now);
  const [now, setNow] = useState(shownAt);
  const until = retryAfterMs === undefined ? 0 : Math.min(since ?? shownAt, shownAt) + retryAfterMs;
  const isWaiting = now < until;
  useEffect(() => {
    if (!isWaiting) return;
    const timer = window.setInterval(() => setNow(Date.now()), 250);
    return () => window.clearInterval(timer);
  }, [isWaiting]);
  return isWaiting ? Math.ceil((until - now) / 1000) : 0;
}
