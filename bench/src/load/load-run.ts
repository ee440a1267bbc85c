import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'undici';
import { monotonicUs } from '../process/monotonic.ts';
import { AnswerRecord } from './answer-record.ts';
import { poissonArrivals } from './arrivals.ts';
import { questionOf, readChatStream } from './chat-stream.ts';
import type { Arrivals, LoadReport, LoadTarget } from './load-commands.ts';
import { Samples } from './samples.ts';
import { readVendorStream } from './vendor-stream.ts';

const shownProblems = 5;
/** Of a window, while it fills. */
const rampShare = 0.25;
/** A stream that takes this long after the last arrival is a fault of its own. */
const drainMs = 30_000;

/** One window of load. Latencies count from the moment a stream was due, whether or not the generator was in time. */
export class LoadRun {
  readonly #pool: Pool;
  readonly #target: LoadTarget;
  readonly #beginUs = monotonicUs();
  readonly #firstTextMs = new Samples();
  readonly #totalMs = new Samples();
  readonly #delayMs = new Samples();
  readonly #lagMs = new Samples();
  readonly #problems: string[] = [];
  readonly #open = new Set<Promise<void>>();
  #problemCount = 0;
  #started = 0;
  #completed = 0;
  #completedInWindow = 0;
  #bytes = 0;
  #windowUs = 0;

  constructor(pool: Pool, target: LoadTarget) {
    this.#pool = pool;
    this.#target = target;
  }

  async run(arrivals: Arrivals): Promise<LoadReport> {
    this.#windowUs = arrivals.seconds * 1e6;
    if (arrivals.kind === 'open') await this.#arrive(poissonArrivals(arrivals.ratePerSecond, arrivals.seconds, arrivals.seed));
    else await this.#fillSlots(arrivals);
    await Promise.race([Promise.all(this.#open), sleep(drainMs, undefined, { ref: false })]);
    if (this.#open.size > 0) this.#problem(`${this.#open.size} streams were still open ${drainMs} ms after the last arrival`);
    return this.#report(arrivals.seconds);
  }

  async #arrive(duesMs: readonly number[]): Promise<void> {
    for (const dueMs of duesMs) {
      const aheadMs = dueMs - this.#elapsedUs() / 1000;
      if (aheadMs > 0) await sleep(Math.ceil(aheadMs));
      void this.#launch(this.#beginUs + dueMs * 1000);
    }
  }

  async #fillSlots({ slots, seconds, staggerMs }: Extract<Arrivals, { kind: 'closed' }>): Promise<void> {
    const slot = async (index: number): Promise<void> => {
      if (staggerMs > 0) await sleep((index * staggerMs) / slots);
      while (this.#elapsedUs() < seconds * 1e6) await this.#launch(monotonicUs());
    };
    await Promise.all(Array.from({ length: slots }, (_, index) => slot(index)));
  }

  #launch(dueUs: number): Promise<void> {
    const stream = this.#stream(dueUs);
    this.#open.add(stream);
    return stream.finally(() => this.#open.delete(stream));
  }

  async #stream(dueUs: number): Promise<void> {
    const number = this.#started;
    this.#started += 1;
    this.#lagMs.push((monotonicUs() - dueUs) / 1000);
    const record = new AnswerRecord();
    try {
      await this.#read(number, record);
    } catch (error) {
      record.problem(error instanceof Error ? error.message : String(error));
    }
    this.#note(record, dueUs);
  }

  #read(number: number, record: AnswerRecord): Promise<void> {
    const target = this.#target;
    if (target.kind === 'vendor') return readVendorStream(this.#pool, record);
    return readChatStream(this.#pool, questionOf(target, number), record);
  }

  #note(record: AnswerRecord, dueUs: number): void {
    const nowUs = monotonicUs();
    this.#bytes += record.bytes;
    if (record.firstTextUs !== undefined) this.#firstTextMs.push((record.firstTextUs - dueUs) / 1000);
    for (const delay of record.delaysMs) this.#delayMs.push(delay);
    for (const problem of record.problems) this.#problem(problem);
    if (record.problems.length > 0) return;
    this.#completed += 1;
    this.#totalMs.push((nowUs - dueUs) / 1000);
    const elapsedUs = nowUs - this.#beginUs;
    if (elapsedUs > this.#windowUs * rampShare && elapsedUs <= this.#windowUs) this.#completedInWindow += 1;
  }

  #problem(text: string): void {
    this.#problemCount += 1;
    if (this.#problems.length < shownProblems) this.#problems.push(text);
  }

  #elapsedUs(): number {
    return monotonicUs() - this.#beginUs;
  }

  #report(seconds: number): LoadReport {
    return {
      started: this.#started,
      completed: this.#completed,
      perSecond: this.#completedInWindow / (seconds * (1 - rampShare)),
      wallMs: this.#elapsedUs() / 1000,
      bytes: this.#bytes,
      firstTextMs: this.#firstTextMs.take(),
      totalMs: this.#totalMs.take(),
      delayMs: this.#delayMs.take(),
      lagMs: this.#lagMs.take(),
      problemCount: this.#problemCount,
      problems: this.#problems,
    };
  }
}
