import type { MessageOutcome } from '../chat/message.ts';
import { AppError } from '../errors/app-error.ts';
import { untilAborted } from '../shared/abortable.ts';
import type { Clock } from '../shared/clock.ts';
import type { Logger } from '../shared/logger.ts';
import type { Storage, StorageWriter } from '../shared/storage.ts';
import type { UsageRecord } from '../usage/usage-record.ts';
import type { LiveRun } from './live-run.ts';
import type { RunEvent, RunEventBody, RunFinishEvent, TerminalRunState } from './run-event.ts';
import { isContent } from './run-transcript.ts';

/** Everything that a run leaves behind, written together with its last event. */
export interface RunEnding {
  readonly finish: RunFinishEvent & { readonly state: TerminalRunState };
  readonly outcome: MessageOutcome;
  readonly usage: readonly UsageRecord[];
  readonly finishedAt: number;
}

export interface CommitInfo {
  readonly runs: number;
  readonly events: number;
  readonly durationMs: number;
}

export interface RunLogDeps {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly onCommit?: ((info: CommitInfo) => void) | undefined;
}

interface Group {
  readonly live: LiveRun;
  readonly events: readonly RunEvent[];
  readonly ending: RunEnding | undefined;
}

const idleTickMs = 20;
const longestTickMs = 100;
/** A commit may take at most this part of the time between two commits. */
const commitShare = 5;
const retryMs = [50, 100, 250, 500, 1000, 2000] as const;
/** Events of one run that may wait for a commit before its model is made to wait. */
const pendingLimit = 512;

/**
 * The log of all runs of this process: an event is committed first and shown to watchers only then.
 * The first content of a run is committed at once; after it, all runs share one transaction per tick.
 */
export class RunLog {
  readonly #deps: RunLogDeps;
  readonly #dirty = new Set<LiveRun>();
  readonly #endings = new Map<LiveRun, { ending: RunEnding; done: PromiseWithResolvers<void> }>();
  readonly #started = new WeakSet<LiveRun>();
  /** Runs whose events the database would not take: only their end is still tried. */
  readonly #refused = new WeakSet<LiveRun>();
  #cancelTick: (() => void) | undefined;
  #isCommitting = false;
  #isUrgent = false;
  #failures = 0;
  #lastCommitMs = 0;
  #committed: PromiseWithResolvers<void> = Promise.withResolvers();

  constructor(deps: RunLogDeps) {
    this.#deps = deps;
  }

  /** Resolves at once, or, when too much of this run waits for its commit, after one (or when it is told to stop). */
  async append(live: LiveRun, body: RunEventBody): Promise<void> {
    // Nothing follows the end.
    if (live.isOver || live.said.finish) return;
    live.add(body);
    this.#dirty.add(live);
    const isFirstContent = isContent(body) && !this.#started.has(live);
    if (isFirstContent) this.#started.add(live);
    this.#request(isFirstContent);
    const { signal } = live.stopping;
    while (live.pendingCount > pendingLimit && !live.isOver && !signal.aborted) {
      await untilAborted(this.#committed.promise, signal).catch(() => undefined);
    }
  }

  /** Writes the last event, the message and the usage in one transaction. Resolves when watchers have seen the end. */
  async end(live: LiveRun, ending: RunEnding): Promise<void> {
    live.add(ending.finish);
    const done = Promise.withResolvers<void>();
    this.#endings.set(live, { ending, done });
    this.#dirty.add(live);
    this.#request(true);
    await done.promise;
  }

  /** True while the database refuses commits. */
  get isFailing(): boolean {
    return this.#failures > 0;
  }

  #request(isUrgent: boolean): void {
    if (this.#isCommitting) {
      this.#isUrgent ||= isUrgent;
      return;
    }
    // The retry takes it along.
    if (this.#failures > 0) return;
    if (isUrgent) {
      this.#cancelTick?.();
      this.#cancelTick = undefined;
      void this.#commit();
      return;
    }
    this.#cancelTick ??= this.#deps.clock.schedule(this.#tickMs(), () => {
      this.#cancelTick = undefined;
      void this.#commit();
    });
  }

  #tickMs(): number {
    return Math.min(longestTickMs, Math.max(idleTickMs, this.#lastCommitMs * commitShare));
  }

  async #commit(): Promise<void> {
    this.#isCommitting = true;
    // Let all that arrived in this turn of the loop come along.
    await Promise.resolve();
    this.#isUrgent = false;
    const groups = this.#take();
    try {
      await this.#write(groups);
      this.#failures = 0;
    } catch (error) {
      this.#failures += 1;
      for (const { live } of groups) if (live.pendingCount > 0) this.#dirty.add(live);
      this.#deps.logger.warn({ err: error, failures: this.#failures }, 'run log: commit failed, will retry');
    }
    this.#isCommitting = false;
    const committed = this.#committed;
    this.#committed = Promise.withResolvers();
    committed.resolve();
    this.#again();
  }

  #again(): void {
    if (this.#failures === 0) {
      if (this.#dirty.size > 0) this.#request(this.#isUrgent);
      return;
    }
    // Also when nothing is left to write: only a commit that succeeds opens the log again.
    const delayMs = retryMs[Math.min(this.#failures, retryMs.length) - 1] ?? longestTickMs;
    this.#deps.clock.schedule(delayMs, () => void this.#commit());
  }

  #take(): readonly Group[] {
    const groups = Array.from(this.#dirty, (live) => ({ live, events: live.pending(), ending: this.#endings.get(live)?.ending }));
    this.#dirty.clear();
    return groups.filter(({ live, events, ending }) => events.length > 0 && (ending || !this.#refused.has(live)));
  }

  async #write(groups: readonly Group[]): Promise<void> {
    if (groups.length === 0) return;
    const begin = this.#deps.clock.monotonic();
    let superseded: ReadonlySet<LiveRun>;
    try {
      superseded = await this.#deps.storage.transact((tx) => writeGroups(tx, groups));
    } catch (error) {
      if (error instanceof AppError && error.code === 'storage_unavailable') throw error;
      await this.#writeApart(groups, error);
      return;
    }
    this.#lastCommitMs = this.#deps.clock.monotonic() - begin;
    for (const group of groups) this.#show(group, superseded.has(group.live));
    const events = groups.reduce((sum, group) => sum + group.events.length, 0);
    this.#deps.onCommit?.({ runs: groups.length, events, durationMs: this.#lastCommitMs });
  }

  /** One run's fault (its chat was deleted under it) must not hold up the others. */
  async #writeApart(groups: readonly Group[], error: unknown): Promise<void> {
    if (groups.length > 1) {
      for (const group of groups) await this.#write([group]);
      return;
    }
    for (const group of groups) {
      if (await this.#isStored(group, error)) this.#show(group, false);
      else this.#refuse(group, error);
    }
  }

  /** A conflict may be with our own commit, kept although its answer was lost on the way. */
  async #isStored({ live, events, ending }: Group, error: unknown): Promise<boolean> {
    if (ending || !(error instanceof AppError) || error.code !== 'conflict') return false;
    const stored = await this.#deps.storage.read.runs.loadEvents(live.run.id);
    return (stored.at(-1)?.seq ?? 0) >= (events.at(-1)?.seq ?? 0);
  }

  /** The run is made to end; its end, which needs no log, may still be taken. */
  #refuse({ live, ending }: Group, error: unknown): void {
    this.#deps.logger.error({ err: error, runId: live.run.id }, 'run log: the database refused this run');
    live.stopping.abort(new AppError('internal', 'The answer could not be stored', { cause: error }));
    this.#refused.add(live);
    if (!ending) return;
    live.abandon();
    this.#settle(live);
  }

  #show({ live, events, ending }: Group, isSuperseded: boolean): void {
    if (isSuperseded) live.abandon();
    else live.show(events.length);
    if (ending) this.#settle(live);
  }

  #settle(live: LiveRun): void {
    this.#endings.get(live)?.done.resolve();
    this.#endings.delete(live);
  }
}

/** Answers with the runs that were ended before by somebody else, or are gone: that word stands, and ours is shown to nobody. */
async function writeGroups(tx: StorageWriter, groups: readonly Group[]): Promise<ReadonlySet<LiveRun>> {
  const superseded = new Set<LiveRun>();
  const running = groups.filter(({ ending }) => !ending);
  if (running.length > 0) {
    await tx.runs.appendChunks(running.map(({ live, events }) => ({ runId: live.run.id, events })));
  }
  for (const { live, events, ending } of groups) {
    if (ending) {
      if (!(await writeEnding(tx, live, ending))) superseded.add(live);
    } else if (leavesQueue(live, events)) await tx.runs.markRunning(live.run.id);
  }
  return superseded;
}

function leavesQueue(live: LiveRun, events: readonly RunEvent[]): boolean {
  return live.shown.attempt === 0 && events.some(({ type }) => type === 'attempt');
}

async function writeEnding(tx: StorageWriter, live: LiveRun, ending: RunEnding): Promise<boolean> {
  const end = { state: ending.finish.state, lastSeq: live.lastSeq, finishedAt: ending.finishedAt };
  if (!(await tx.runs.finish(live.run.id, end))) return false;
  await tx.messages.setOutcome(live.run.messageId, ending.outcome);
  for (const record of ending.usage) await tx.usage.insert(record);
  return true;
}
