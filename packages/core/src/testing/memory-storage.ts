import { AppError } from '../errors/app-error.ts';
import type { RunId } from '../shared/ids.ts';
import type { Storage, StorageReader, StorageWriter } from '../shared/storage.ts';
import { copyTables, createReader, createWriter, emptyTables, type Tables } from './memory-tables.ts';

/** `unavailable` is what a locked or full database says; any other error is one that nobody foresaw. */
export type Fault = 'unavailable' | Error;

export interface StorageCounters {
  reads: number;
  transactions: number;
  commits: number;
  rollbacks: number;
}

/** A database in memory, one writer at a time, with the keys and cascades of the real ones and faults to switch on. */
export class MemoryStorage implements Storage {
  readonly counters: StorageCounters = { reads: 0, transactions: 0, commits: 0, rollbacks: 0 };
  readonly read: StorageReader;
  readonly #refusedRuns = new Set<RunId>();
  #tables: Tables = emptyTables();
  #turn: Promise<void> = Promise.resolve();
  #commitFault: Fault | undefined;
  #readFault: Fault | undefined;
  #losesNextAnswer = false;
  #held: PromiseWithResolvers<void> | undefined;

  constructor() {
    this.read = createReader(
      () => this.#tables,
      () => this.#onRead(),
    );
  }

  /** The committed rows, to look at without a read. */
  get tables(): Tables {
    return this.#tables;
  }

  async transact<T>(work: (tx: StorageWriter) => Promise<T>): Promise<T> {
    const before = this.#turn;
    const mine = Promise.withResolvers<void>();
    this.#turn = mine.promise;
    await before;
    this.counters.transactions += 1;
    try {
      const draft = copyTables(this.#tables);
      const result = await work(createWriter(draft, { onRunWrite: (id) => this.#onRunWrite(id) }));
      await this.#held?.promise;
      throwIf(this.#commitFault);
      this.#tables = draft;
      this.counters.commits += 1;
      this.#loseAnswer();
      return result;
    } catch (error) {
      this.counters.rollbacks += 1;
      throw error;
    } finally {
      mine.resolve();
    }
  }

  async ping(): Promise<void> {
    throwIf(this.#readFault);
  }
  async [Symbol.asyncDispose](): Promise<void> {}

  /** Every commit from now on fails; `undefined` heals. */
  failCommits(fault: Fault | undefined): void {
    this.#commitFault = fault;
  }
  /** The next commit is kept, but the word of it is lost: the caller hears of a failure. */
  loseNextAnswer(): void {
    this.#losesNextAnswer = true;
  }
  failReads(fault: Fault | undefined): void {
    this.#readFault = fault;
  }
  /** Commits hang until the answer is called. */
  holdCommits(): () => void {
    const held = Promise.withResolvers<void>();
    this.#held = held;
    return () => {
      this.#held = undefined;
      held.resolve();
    };
  }
  /** Writes to this run's log or end fail, alone or with others. */
  refuseRun(id: RunId, isRefused = true): void {
    if (isRefused) this.#refusedRuns.add(id);
    else this.#refusedRuns.delete(id);
  }

  #loseAnswer(): void {
    if (!this.#losesNextAnswer) return;
    this.#losesNextAnswer = false;
    throwIf('unavailable');
  }
  #onRead(): void {
    this.counters.reads += 1;
    throwIf(this.#readFault);
  }
  #onRunWrite(id: RunId): void {
    if (this.#refusedRuns.has(id)) throw new Error(`check constraint of run ${id}`);
  }
}

export function createMemoryStorage(): MemoryStorage {
  return new MemoryStorage();
}

function throwIf(fault: Fault | undefined): void {
  if (fault === undefined) return;
  throw fault === 'unavailable' ? new AppError('storage_unavailable', 'The database does not answer') : fault;
}
