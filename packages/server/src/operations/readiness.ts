import { AppError, type Clock, type Storage } from '@multimodel/core';
import type { InstanceLock, OpenStorage } from '@multimodel/storage';

export interface ReadinessDeps {
  readonly storage: Pick<OpenStorage, 'read' | 'transact' | 'ping' | 'probeWrite' | typeof Symbol.asyncDispose>;
  readonly lock: Pick<InstanceLock, 'isHeld'>;
  readonly clock: Pick<Clock, 'monotonic'>;
}

/** How long the outcome of a write speaks for the next one: so often, at most, a probe writes by itself. */
const freshMs = 10_000;

interface Outcome {
  readonly at: number;
  readonly error?: AppError | undefined;
}

/** Whether the instance can do its work: read, and write. Writes of the work itself count; only without them a probe writes. */
export class Readiness {
  readonly #deps: ReadinessDeps;
  /** For the work: the outcome of each of its writes is noted. */
  readonly storage: Storage;
  #last: Outcome | undefined;
  #probing: Promise<void> | undefined;

  constructor(deps: ReadinessDeps) {
    this.#deps = deps;
    const { storage } = deps;
    this.storage = {
      read: storage.read,
      ping: () => storage.ping(),
      transact: (work) => this.#noting(() => storage.transact(work)),
      [Symbol.asyncDispose]: () => storage[Symbol.asyncDispose](),
    };
  }

  /** Throws `storage_unavailable` with the reason. */
  async check(): Promise<void> {
    if (!this.#deps.lock.isHeld) {
      const message = 'The lock of the database was lost with its connection, and is not held again yet: see the log';
      throw new AppError('storage_unavailable', message);
    }
    await this.#deps.storage.ping();
    if (!this.#isFresh()) await this.#probe();
    if (this.#last?.error) throw this.#last.error;
  }

  async #noting<T>(write: () => Promise<T>): Promise<T> {
    try {
      const result = await write();
      this.#last = { at: this.#deps.clock.monotonic() };
      return result;
    } catch (error) {
      // Anything else says nothing of the database.
      if (error instanceof AppError && error.code === 'storage_unavailable') this.#last = { at: this.#deps.clock.monotonic(), error };
      throw error;
    }
  }

  #isFresh(): boolean {
    return this.#last !== undefined && this.#deps.clock.monotonic() - this.#last.at < freshMs;
  }

  #probe(): Promise<void> {
    this.#probing ??= this.#noting(() => this.#deps.storage.probeWrite()).finally(() => {
      this.#probing = undefined;
    });
    return this.#probing;
  }
}
