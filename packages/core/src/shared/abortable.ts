import type { Clock } from './clock.ts';

/** Iterates, but leaves at once when the signal fires, even if the source does not heed it. Throws the signal's reason. */
export async function* abortable<T>(source: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  signal.throwIfAborted();
  const iterator = source[Symbol.asyncIterator]();
  // A promise of its own for each step: a race against one that lives as long as the stream would keep every event in memory.
  let leave: (reason: unknown) => void = () => undefined;
  const onAbort = (): void => leave(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    for (;;) {
      signal.throwIfAborted();
      const result = await new Promise<IteratorResult<T>>((resolve, reject) => {
        leave = reject;
        iterator.next().then(resolve, reject);
      });
      if (result.done) return;
      yield result.value;
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    // Not awaited: a source that hangs must not hold up the one who leaves.
    void Promise.try(() => iterator.return?.()).catch(() => undefined);
  }
}

/** Waits for the promise, but leaves with the signal's reason when it fires first. */
export async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: answer, resolve, reject } = Promise.withResolvers<T>();
  const onAbort = (): void => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  promise.then(resolve, reject);
  try {
    return await answer;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** Waits; throws the signal's reason when it fires first. */
export async function pause(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const { promise, resolve } = Promise.withResolvers<void>();
  const cancel = clock.schedule(delayMs, resolve);
  try {
    await untilAborted(promise, signal);
  } finally {
    cancel();
  }
}
