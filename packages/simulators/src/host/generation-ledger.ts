const rememberedDepartures = 100;

/** Exact books over all generations, and the gate at which scenarios hold them. */
export class GenerationLedger {
  started = 0;
  completed = 0;
  cancelled = 0;
  broken = 0;
  readonly clientGoneAt: number[] = [];
  readonly #gate = new Set<() => void>();
  readonly #watchers = new Set<() => void>();
  #permits = 0;
  #hasGone = false;

  get open(): number {
    return this.started - this.completed - this.cancelled - this.broken;
  }

  get holding(): number {
    return this.#gate.size;
  }

  /** Begins a new scenario: what happened before it is not its doing. */
  reset(): void {
    this.#permits = 0;
    this.#hasGone = false;
  }

  start(): void {
    this.started += 1;
  }

  complete(): void {
    this.completed += 1;
  }

  break(): void {
    this.broken += 1;
  }

  /** `wasCompleted`: the end had been written, yet never reached the client. */
  cancel(wasCompleted: boolean): void {
    if (wasCompleted) this.completed -= 1;
    this.cancelled += 1;
    this.clientGoneAt.push(performance.timeOrigin + performance.now());
    if (this.clientGoneAt.length > rememberedDepartures) this.clientGoneAt.shift();
    this.#hasGone = true;
    for (const watcher of this.#watchers) watcher();
    this.#watchers.clear();
  }

  clientGone(): Promise<void> {
    if (this.#hasGone) return Promise.resolve();
    return new Promise((resolve) => this.#watchers.add(resolve));
  }

  /** Calls back when `advance` is called, at once if it was called already. The answer takes the wait back. */
  hold(release: () => void): () => void {
    if (this.#permits > 0) {
      this.#permits -= 1;
      release();
      return () => undefined;
    }
    this.#gate.add(release);
    return () => this.#gate.delete(release);
  }

  advance(): void {
    if (this.#gate.size === 0) {
      this.#permits += 1;
      return;
    }
    const released = [...this.#gate];
    this.#gate.clear();
    for (const release of released) release();
  }
}
