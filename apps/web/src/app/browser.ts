/** Small seams over the browser, so that state needs none. */

export const schedule = (callback: () => void, delayMs: number): (() => void) => {
  const timer = window.setTimeout(callback, delayMs);
  return () => window.clearTimeout(timer);
};

const hiddenFlushMs = 500;

/** Before the next paint; a hidden page paints nothing, so there a timer does it. */
export function requestFlush(flush: () => void): void {
  if (document.visibilityState === 'hidden') window.setTimeout(flush, hiddenFlushMs);
  else window.requestAnimationFrame(flush);
}

/** Back online, or looked at again: worth an immediate try. */
export function onWake(wake: () => void): () => void {
  const whenVisible = () => document.visibilityState === 'visible' && wake();
  window.addEventListener('online', wake);
  document.addEventListener('visibilitychange', whenVisible);
  return () => {
    window.removeEventListener('online', wake);
    document.removeEventListener('visibilitychange', whenVisible);
  };
}
