/** The event streams that are open now; a shutdown waits until they have written their last event. */
export class OpenStreams {
  readonly #open = new Set<Promise<void>>();

  get count(): number {
    return this.#open.size;
  }

  /** Counts `stream` until it settles. */
  async track(stream: Promise<void>): Promise<void> {
    this.#open.add(stream);
    try {
      await stream;
    } finally {
      this.#open.delete(stream);
    }
  }

  async whenClosed(): Promise<void> {
    await Promise.allSettled(this.#open);
  }
}
