import type { ConnectionStore } from '../state/connection-store.ts';

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

/** Also when the server is back after a break. */
export function onWakeOrReturn(connection: ConnectionStore, wake: () => void): () => void {
  const stopWaking = onWake(wake);
  const stopListening = connection.store.subscribe(({ state }, before) => {
    if (state === 'restored' && before.state !== 'restored') wake();
  });
  return () => {
    stopWaking();
    stopListening();
  };
}

/** One tab sends. Plain http pages have no locks: there only the keys of the messages keep two tabs from sending one twice. */
export function withOutboxLock(work: () => Promise<void>): Promise<void> {
  const locks: LockManager | undefined = navigator.locks;
  return locks ? locks.request('mmc.outbox', work) : work();
}
