import type { Pool } from 'undici';
import { AnswerRecord } from './answer-record.ts';
import { questionOf, sendQuestion, stopRun, watchRun } from './chat-stream.ts';
import type { HoldReport, LoadTarget } from './load-commands.ts';
import { readVendorStream } from './vendor-stream.ts';

interface HeldStream {
  readonly record: AnswerRecord;
  readonly closed: Promise<void>;
  letGo(): Promise<void>;
}

const openingAtOnce = 64;
const shownProblems = 5;

/** Streams that have shown their first text and then stand still. */
export class HeldStreams {
  readonly #pool: Pool;
  readonly #target: LoadTarget;
  readonly #held: HeldStream[] = [];
  readonly #problems: string[] = [];

  constructor(pool: Pool, target: LoadTarget) {
    this.#pool = pool;
    this.#target = target;
  }

  async open(count: number): Promise<HoldReport> {
    let next = 0;
    const opener = async (): Promise<void> => {
      while (next < count) {
        next += 1;
        await this.#openOne(next);
      }
    };
    await Promise.all(Array.from({ length: Math.min(openingAtOnce, count) }, opener));
    return this.#report();
  }

  /** Resolves when every stream is closed. */
  async release(): Promise<HoldReport> {
    await Promise.all(this.#held.map((stream) => stream.letGo()));
    await Promise.all(this.#held.map((stream) => stream.closed));
    for (const { record } of this.#held) this.#problems.push(...record.problems);
    return this.#report();
  }

  async #openOne(number: number): Promise<void> {
    const begun = Promise.withResolvers<'begun'>();
    const record = new AnswerRecord(() => begun.resolve('begun'));
    try {
      const stream = this.#target.kind === 'vendor' ? this.#openVendor(record) : await this.#openChat(record, this.#target, number);
      this.#held.push(stream);
      if ((await Promise.race([begun.promise, stream.closed])) !== 'begun') record.problem('closed before its first text');
    } catch (error) {
      this.#problems.push(error instanceof Error ? error.message : String(error));
    }
  }

  #openVendor(record: AnswerRecord): HeldStream {
    const hangUp = new AbortController();
    const closed = readVendorStream(this.#pool, record, hangUp.signal).catch((error: unknown) => {
      if (!hangUp.signal.aborted) record.problem(String(error));
    });
    const letGo = async (): Promise<void> => hangUp.abort();
    return { record, closed, letGo };
  }

  async #openChat(record: AnswerRecord, target: Extract<LoadTarget, { kind: 'chat' }>, number: number): Promise<HeldStream> {
    const runId = await sendQuestion(this.#pool, questionOf(target, number));
    const closed = watchRun(this.#pool, runId, record, 'stopped').catch((error: unknown) => record.problem(String(error)));
    return { record, closed, letGo: () => stopRun(this.#pool, runId).catch((error: unknown) => record.problem(String(error))) };
  }

  #report(): HoldReport {
    return { held: this.#held.length, problems: this.#problems.slice(0, shownProblems) };
  }
}
