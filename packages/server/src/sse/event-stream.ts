import type { Clock, Language, RunWatcher, WatchBatch } from '@multimodel/core';
import { eventFrame } from './event-frame.ts';

/** What a stream needs of a `ServerResponse`. */
export interface EventSocket {
  readonly destroyed: boolean;
  readonly writableNeedDrain: boolean;
  /** False = the reader is behind. */
  write(chunk: string): boolean;
  end(): unknown;
  destroy(): unknown;
  once(event: 'drain' | 'close', listener: () => void): unknown;
  off(event: 'drain' | 'close', listener: () => void): unknown;
}

export const keepAliveMs = 15_000;
/** A reader that takes nothing for this long is cut off; it comes back and gets a snapshot. */
export const stalledMs = 60_000;
/** How long the first news may take before the headers go out without them. */
export const openMs = 100;

export const eventStreamHeaders: Readonly<Record<string, string>> = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // nginx would hold the stream back.
  'x-accel-buffering': 'no',
};

/** News, `undefined` = there is nothing and never will be, `waiting` = not known yet. */
export type FirstBatch = WatchBatch | undefined | 'waiting';

/** Pulls from a watcher and writes to one socket. Holds no events of its own: while the socket is full, nothing is pulled. */
export class EventStream {
  readonly #watcher: RunWatcher;
  readonly #clock: Clock;
  readonly #language: Language;
  readonly #gone = new AbortController();
  readonly #first: Promise<WatchBatch | undefined>;

  constructor(watcher: RunWatcher, clock: Clock, language: Language = 'en') {
    this.#watcher = watcher;
    this.#language = language;
    this.#clock = clock;
    this.#first = watcher.next(this.#gone.signal);
    this.#first.catch(() => undefined);
  }

  /** Looks whether there is anything to stream, before a status has to be chosen. */
  async peek(): Promise<FirstBatch> {
    const waited = Promise.withResolvers<'waiting'>();
    const cancel = this.#clock.schedule(openMs, () => waited.resolve('waiting'));
    try {
      return await Promise.race([this.#first, waited.promise]);
    } finally {
      cancel();
    }
  }

  /** The reader went away before the stream began. */
  abandon(): void {
    this.#gone.abort();
  }

  /** Resolves when the run is over and written, or the reader is gone. Rejects only when the watcher does. */
  async pipe(socket: EventSocket): Promise<void> {
    const onClose = (): void => this.#gone.abort();
    socket.once('close', onClose);
    const stopKeepAlive = this.#keepAlive(socket);
    try {
      for (let batch = await this.#first; batch; batch = await this.#watcher.next(this.#gone.signal)) {
        if (!socket.write(batch.map((event) => eventFrame(event, this.#language)).join(''))) await this.#drained(socket);
        if (this.#gone.signal.aborted) return;
      }
      socket.end();
    } finally {
      stopKeepAlive();
      socket.off('close', onClose);
    }
  }

  #keepAlive(socket: EventSocket): () => void {
    let cancel = (): void => {};
    const beat = (): void => {
      if (!socket.writableNeedDrain && !socket.destroyed) socket.write(': keep-alive\n\n');
      cancel = this.#clock.schedule(keepAliveMs, beat);
    };
    cancel = this.#clock.schedule(keepAliveMs, beat);
    return () => cancel();
  }

  async #drained(socket: EventSocket): Promise<void> {
    if (this.#gone.signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = this.#clock.schedule(stalledMs, () => socket.destroy());
    socket.once('drain', resolve);
    socket.once('close', resolve);
    await promise;
    socket.off('drain', resolve);
    socket.off('close', resolve);
    cancel();
  }
}
