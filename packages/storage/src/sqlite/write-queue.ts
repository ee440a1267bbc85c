/** One writer at a time, in order of arrival. */
export class WriteQueue {
  #tail: Promise<void> = Promise.resolve();

  /** Resolves when it is the caller's turn; the answer gives the turn to the next. */
  async enter(): Promise<() => void> {
    const before = this.#tail;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#tail = promise;
    await before;
    return resolve;
  }
}
