import type { Message } from '../chat/message.ts';
import { continuationLog, reasoningBefore } from './continuation.ts';
import type { Run } from './run.ts';
import type { RunEvent, RunEventBody, RunSnapshot } from './run-event.ts';
import { RunTranscript } from './run-transcript.ts';

/** Events kept for returning watchers; who is further behind gets a snapshot. */
const tailEvents = 128;
/** What a watcher is given in one piece. */
const batchCharacters = 64 * 1024;

export type WatchBatch = readonly (RunEvent | RunSnapshot)[];

/** One reader of a run. It holds a place, never a buffer: a slow reader costs nothing and is caught up by a snapshot. */
export interface RunWatcher {
  /** All that is new since the last call; waits when there is nothing. `undefined` = the run is over or `signal` fired. */
  next(signal: AbortSignal): Promise<WatchBatch | undefined>;
}

/** A run at work in this process: what is logged and may be shown, and what still waits for its commit. */
export class LiveRun {
  readonly run: Run;
  /** The unfinished answer that this run goes on with, as it was before. */
  readonly continued: Message | undefined;
  /** What watchers may see: the fold of committed events only. */
  readonly shown = new RunTranscript();
  /** What the model has said: committed or not. */
  readonly said = new RunTranscript();
  readonly stopping = new AbortController();
  #tail: RunEvent[] = [];
  #pending: RunEvent[] = [];
  #lastSeq = 0;
  #shownSeq = 0;
  #isOver = false;
  #wake: PromiseWithResolvers<void> = Promise.withResolvers();

  /** The beginning of a continuation was logged together with its run. */
  constructor(run: Run, continued?: Message) {
    this.run = run;
    this.continued = continued;
    if (!continued) return;
    for (const event of continuationLog(run, continued)) this.add(event);
    this.show(this.pendingCount);
  }

  /** What this run itself has said: without the part that it goes on with. */
  get ownText(): string {
    const { continued, said } = this;
    return continued
      ? said.text.slice(continued.text.length) + said.reasoning.slice(reasoningBefore(continued).length)
      : said.text + said.reasoning;
  }

  get pendingCount(): number {
    return this.#pending.length;
  }
  get lastSeq(): number {
    return this.#lastSeq;
  }
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Numbers the event; it stays unseen until `show`. */
  add(body: RunEventBody): RunEvent {
    this.#lastSeq += 1;
    const event: RunEvent = { ...body, seq: this.#lastSeq };
    this.said.apply(event);
    this.#pending.push(event);
    return event;
  }

  /** A copy of what waits for its commit. It stays here until `show`, so that a failed commit loses nothing. */
  pending(): readonly RunEvent[] {
    return this.#pending.slice();
  }

  /** The first `count` pending events are committed: show them. */
  show(count: number): void {
    const events = this.#pending.slice(0, count);
    this.#pending = this.#pending.slice(count);
    for (const event of events) this.shown.apply(event);
    this.#tail.push(...events);
    if (this.#tail.length > 2 * tailEvents) {
      this.#tail = this.#tail.slice(-tailEvents);
      this.shown.compact();
      this.said.compact();
    }
    this.#shownSeq = events.at(-1)?.seq ?? this.#shownSeq;
    if (events.at(-1)?.type === 'finish') this.#isOver = true;
    this.#wakeAll();
  }

  /** Ends the run for its watchers without a finish: the log took nothing more. They come back and find the stored end. */
  abandon(): void {
    this.#pending = [];
    this.#isOver = true;
    this.#wakeAll();
  }

  watch(after: number): RunWatcher {
    // A place that this run has not reached is another run's, or of a database that was set back: all from the beginning.
    let place = after > this.#lastSeq ? 0 : Math.max(0, after);
    return {
      next: async (signal) => {
        while (place >= this.#shownSeq) {
          if (this.#isOver || signal.aborted) return undefined;
          await this.#woken(signal);
        }
        if (signal.aborted) return undefined;
        const batch = atMost(batchCharacters, this.#since(place));
        place = batch.at(-1)?.seq ?? this.#shownSeq;
        return batch;
      },
    };
  }

  #since(place: number): WatchBatch {
    const first = this.#tail[0]?.seq ?? this.#shownSeq + 1;
    if (place + 1 >= first) return this.#tail.slice(place + 1 - first);
    const end = this.#tail.at(-1);
    if (end?.type === 'finish') return [this.shown.snapshot(this.run, end.seq - 1), end];
    return [this.shown.snapshot(this.run, this.#shownSeq)];
  }

  #wakeAll(): void {
    const wake = this.#wake;
    this.#wake = Promise.withResolvers();
    wake.resolve();
  }

  async #woken(signal: AbortSignal): Promise<void> {
    const aborted = Promise.withResolvers<void>();
    const onAbort = (): void => aborted.resolve();
    signal.addEventListener('abort', onAbort, { once: true });
    await Promise.race([this.#wake.promise, aborted.promise]);
    signal.removeEventListener('abort', onAbort);
  }
}

/** The first events of `batch` whose texts together stay below `characters`, one at least: what a socket is given at once is what it may hold. */
function atMost(characters: number, batch: WatchBatch): WatchBatch {
  let sum = 0;
  const end = batch.findIndex((event, index) => {
    sum += 'text' in event ? event.text.length : 0;
    return index > 0 && sum > characters;
  });
  return end === -1 ? batch : batch.slice(0, end);
}
