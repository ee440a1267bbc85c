import type { Clock, Logger } from '@multimodel/core';
import type pg from 'pg';
import type { InstanceLock } from '../database-handle.ts';

export interface LockDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  connect(): Promise<pg.Client>;
  /** False when another server holds it. */
  tryLock(client: pg.Client): Promise<boolean>;
}

const retryMs = 2_000;

/**
 * A session lock on a connection of its own: the server releases it when this process is gone, or when the connection is. A lost one
 * is taken again as soon as that can be done; until then `isHeld` is false.
 */
export class PostgresqlInstanceLock implements InstanceLock {
  readonly #deps: LockDeps;
  #client: pg.Client | undefined;
  #isReleased = false;
  #cancelRetry: () => void = () => undefined;

  constructor(locked: pg.Client, deps: LockDeps) {
    this.#deps = deps;
    this.#hold(locked);
  }

  get isHeld(): boolean {
    return this.#client !== undefined;
  }

  #hold(client: pg.Client): void {
    this.#client = client;
    client.once('end', () => {
      this.#client = undefined;
      if (this.#isReleased) return;
      this.#deps.logger.error({}, 'The lock of the database was lost with its connection; it is taken again as soon as possible');
      this.#retryLater();
    });
  }

  #retryLater(): void {
    if (!this.#isReleased) this.#cancelRetry = this.#deps.clock.schedule(retryMs, () => void this.#retake());
  }

  async #retake(): Promise<void> {
    const { logger } = this.#deps;
    try {
      const client = await this.#deps.connect();
      const isLocked = !this.#isReleased && (await this.#deps.tryLock(client));
      // It may have been given back meanwhile.
      if (isLocked && !this.#isReleased) {
        this.#hold(client);
        logger.info({}, 'The lock of the database is held again');
        return;
      }
      await client.end();
      if (this.#isReleased) return;
      logger.error({}, 'Another server has taken the database meanwhile: stop one of them');
    } catch (error) {
      logger.warn({ err: error }, 'The lock of the database cannot be taken yet');
    }
    this.#retryLater();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isReleased = true;
    this.#cancelRetry();
    await this.#client?.end();
  }
}
