import type { ResponseBody } from './transport.ts';

/** The connection below a body. */
export interface BodySource {
  pause(): void;
  resume(): void;
  /** Closes the vendor's connection or stream at once. */
  destroy(): void;
}

interface Waiter {
  readonly resolve: (result: IteratorResult<Uint8Array, undefined>) => void;
  readonly reject: (error: Error) => void;
}

type State = 'open' | 'ended' | 'failed' | 'left';

const highWaterBytes = 64 * 1024;
const drainLimitBytes = 64 * 1024;
const drainLimitMs = 1000;
const done: IteratorResult<Uint8Array, undefined> = { done: true, value: undefined };

/**
 * Between a socket that pushes and a consumer that pulls. Not a generator: `return()` must reach the socket even before the
 * first `next()`, and this is the hot path.
 */
export class BodyQueue implements ResponseBody, AsyncIterator<Uint8Array, undefined> {
  readonly #source: BodySource;
  #chunks: Uint8Array[] = [];
  #bufferedBytes = 0;
  #isPaused = false;
  #state: State = 'open';
  #error: Error | undefined;
  #waiter: Waiter | undefined;
  #drain: { bytes: number; readonly timer: NodeJS.Timeout } | undefined;

  constructor(source: BodySource) {
    this.#source = source;
  }

  push(chunk: Uint8Array): void {
    if (this.#state !== 'open') {
      this.#countDrained(chunk);
      return;
    }
    if (this.#waiter) {
      const { resolve } = this.#takeWaiter(this.#waiter);
      resolve({ done: false, value: chunk });
      return;
    }
    this.#chunks.push(chunk);
    this.#bufferedBytes += chunk.byteLength;
    if (this.#bufferedBytes >= highWaterBytes && !this.#isPaused) {
      this.#isPaused = true;
      this.#source.pause();
    }
  }

  end(): void {
    this.#stopDraining();
    if (this.#state !== 'open') return;
    this.#state = 'ended';
    if (this.#waiter) this.#takeWaiter(this.#waiter).resolve(done);
  }

  /** What is buffered is dropped when `isImmediate` (a cancelled call shows nothing more), else still delivered. */
  fail(error: Error, isImmediate: boolean): void {
    this.#stopDraining();
    if (this.#state === 'left' || this.#state === 'failed') return;
    if (this.#state === 'ended' && !isImmediate) return;
    if (isImmediate) this.#chunks = [];
    this.#state = 'failed';
    this.#error = error;
    if (!this.#waiter) return;
    this.#error = undefined;
    this.#takeWaiter(this.#waiter).reject(error);
  }

  next(): Promise<IteratorResult<Uint8Array, undefined>> {
    const chunk = this.#chunks.shift();
    if (chunk) {
      this.#bufferedBytes -= chunk.byteLength;
      this.#resume();
      return Promise.resolve({ done: false, value: chunk });
    }
    if (this.#state === 'open') return new Promise((resolve, reject) => (this.#waiter = { resolve, reject }));
    const error = this.#error;
    this.#error = undefined;
    return error ? Promise.reject(error) : Promise.resolve(done);
  }

  return(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (this.#leave()) this.#source.destroy();
    return Promise.resolve(done);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  drain(): void {
    if (!this.#leave()) return;
    const timer = setTimeout(() => this.#giveUpDraining(), drainLimitMs);
    timer.unref();
    this.#drain = { bytes: 0, timer };
    this.#resume();
  }

  #leave(): boolean {
    const wasOpen = this.#state === 'open';
    this.#chunks = [];
    this.#bufferedBytes = 0;
    if (wasOpen) this.#state = 'left';
    if (this.#waiter) this.#takeWaiter(this.#waiter).resolve(done);
    return wasOpen;
  }

  #resume(): void {
    if (!this.#isPaused || this.#bufferedBytes >= highWaterBytes / 2) return;
    this.#isPaused = false;
    this.#source.resume();
  }

  #takeWaiter(waiter: Waiter): Waiter {
    this.#waiter = undefined;
    return waiter;
  }

  #countDrained(chunk: Uint8Array): void {
    if (!this.#drain) return;
    this.#drain.bytes += chunk.byteLength;
    if (this.#drain.bytes > drainLimitBytes) this.#giveUpDraining();
  }

  #giveUpDraining(): void {
    this.#stopDraining();
    this.#source.destroy();
  }

  #stopDraining(): void {
    if (this.#drain) clearTimeout(this.#drain.timer);
    this.#drain = undefined;
  }
}
