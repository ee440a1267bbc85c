/** What a stream has written and its reader has not taken. */
interface Backlog {
  readonly writableLength: number;
}

/** The event streams that are open now; a shutdown waits until they have written their last event. */
export class OpenStreams {
  readonly #open = new Map<Promise<void>, Backlog>();

  get count(): number {
    return this.#open.size;
  }

  /** Bytes that wait for slow readers; small whatever they do, since nothing is pulled for a socket that is full. */
  get bufferedBytes(): number {
    let sum = 0;
    for (const { writableLength } of this.#open.values()) sum += writableLength;
    return sum;
  }

  /** Counts `stream`, which writes to `socket`, until it settles. */
  async track(stream: Promise<void>, socket: Backlog): Promise<void> {
    this.#open.set(stream, socket);
    try {
      await stream;
    } finally {
      this.#open.delete(stream);
    }
  }

  async whenClosed(): Promise<void> {
    await Promise.allSettled(this.#open.keys());
  }
}
