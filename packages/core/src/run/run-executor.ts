import { estimatePart, estimateTokens } from '../chat/context-builder.ts';
import type { AnswerFacts } from '../chat/message.ts';
import { AppError, ProviderError } from '../errors/app-error.ts';
import { faultTexts } from '../errors/fault-texts.ts';
import type { ChatRequest } from '../model/chat-request.ts';
import type { FileEvent, FinishReason, ModelFinishEvent, StreamEvent, Usage, WarningEvent } from '../model/stream-event.ts';
import type { ModelTarget } from '../provider/model-catalog.ts';
import type { Blame } from '../provider/setting-place.ts';
import { abortable, pause } from '../shared/abortable.ts';
import type { Clock } from '../shared/clock.ts';
import type { Logger } from '../shared/logger.ts';
import { estimateCost } from '../usage/cost.ts';
import type { UsageRecord } from '../usage/usage-record.ts';
import { sumCost, sumTimings, sumUsage } from '../usage/usage-sum.ts';
import type { LiveRun } from './live-run.ts';
import { type MadeFiles, takeMadeFile } from './made-file.ts';
import { toRunError } from './run-error.ts';
import type { AttemptReason, RunEventBody, RunFinishEvent, RunTimings, TerminalRunState } from './run-event.ts';
import type { RunEnding, RunLog } from './run-log.ts';
import { isContent } from './run-transcript.ts';

/** Why a run is made to end before its model has finished. */
export class RunCancelled extends Error {
  readonly state: 'stopped' | 'interrupted';
  constructor(state: 'stopped' | 'interrupted') {
    super(`run ${state}`);
    this.state = state;
  }
}

export interface PreparedRun {
  readonly target: ModelTarget;
  readonly request: ChatRequest;
  readonly warnings: readonly Omit<WarningEvent, 'type'>[];
}

export interface RunExecutorDeps {
  readonly log: RunLog;
  readonly clock: Clock;
  readonly logger: Logger;
  newId(): string;
  readonly providers: ProviderReports;
  readonly files: MadeFiles;
}

export interface ProviderReports {
  /** The setting that an error of the provider lies in. */
  blame(target: ModelTarget, error: ProviderError): Blame | undefined;
  /** The state of the provider after an attempt. */
  report(target: ModelTarget, error?: ProviderError): void;
}

const mostAttempts = 4;
const firstRetryMs = 1_000;
const longestRetryWaitMs = 30_000;

/** Drives one run from the queue to its one end. Never throws: whatever happens becomes the end of the run. */
export class RunExecutor {
  readonly #deps: RunExecutorDeps;

  constructor(deps: RunExecutorDeps) {
    this.#deps = deps;
  }

  /** Answers with the end as this run alone had it: in a continuation, what is stored and shown counts the runs before, too. */
  async execute(live: LiveRun, prepare: () => Promise<PreparedRun>): Promise<RunFinishEvent | undefined> {
    const progress = new Progress(live, this.#deps.clock);
    let prepared: PreparedRun | undefined;
    let error: unknown;
    try {
      const { id: runId, chatId, messageId } = live.run;
      if (!live.continued) await this.#deps.log.append(live, { type: 'start', runId, chatId, messageId });
      prepared = await prepare();
      await this.#attempts(live, prepared, progress);
    } catch (caught) {
      error = caught;
      this.#logUnforeseen(live, caught);
    }
    if (live.isOver) return undefined;
    const finish = this.#finish(live, prepared, progress, error);
    await this.#deps.log.end(live, this.#ending(live, prepared, progress, finish));
    return finish;
  }

  async #attempts(live: LiveRun, prepared: PreparedRun, progress: Progress): Promise<void> {
    const release = await prepared.target.queue.acquire({
      userId: live.run.ownerId,
      priority: 'interactive',
      signal: live.stopping.signal,
      onPosition: (position) => void this.#deps.log.append(live, { type: 'queued', position }),
    });
    progress.leaveQueue();
    try {
      // The stop may have come in the same moment as the slot.
      live.stopping.signal.throwIfAborted();
      for (let number = 1; ; number += 1) {
        const error = await this.#attempt(live, prepared, progress, number);
        if (!error) return;
        await pause(this.#deps.clock, retryDelay(error, number), live.stopping.signal);
      }
    } finally {
      release();
    }
  }

  /** Answers with the error after which the same model may be asked again; throws every other one. */
  async #attempt(live: LiveRun, prepared: PreparedRun, progress: Progress, number: number): Promise<ProviderError | undefined> {
    const { log, providers } = this.#deps;
    const { target, warnings } = prepared;
    const provider = target.record.slug;
    const reason: AttemptReason = number === 1 ? 'requested' : 'retry';
    progress.startAttempt(number);
    await log.append(live, { type: 'attempt', number, provider, model: target.publicId, reason });
    for (const warning of warnings) await log.append(live, { type: 'warning', ...warning });
    try {
      await this.#relay(live, prepared, progress);
      providers.report(target);
      return undefined;
    } catch (error) {
      if (!(error instanceof ProviderError) || live.stopping.signal.aborted) throw error;
      providers.report(target, error);
      if (progress.hasContent || !mayTryAgain(error, number)) throw error;
      progress.closeAttempt(usageRecord(live, prepared, progress, { id: this.#deps.newId(), outcome: 'failed', errorCode: error.code }));
      return error;
    }
  }

  /** From the model to the log. A plugin may bring a model that is not built on our base class: what it owes is checked here. */
  async #relay(live: LiveRun, { target, request }: PreparedRun, progress: Progress): Promise<void> {
    const { signal } = live.stopping;
    const stream = target.provider.chatModel(target.modelId).stream(request, { signal });
    for await (const event of abortable(stream, signal)) {
      if (progress.isFinished) throw new AppError('protocol', faultTexts.wentOnAfterEnd);
      progress.note(event);
      if (event.type !== 'finish')
        await this.#deps.log.append(live, event.type === 'file' ? await takeMadeFile(this.#deps, live.run, event) : placed(event, live));
    }
    if (!progress.isFinished) throw new AppError('protocol', faultTexts.endedWithoutEnd);
  }

  #logUnforeseen(live: LiveRun, error: unknown): void {
    if (error instanceof AppError || live.stopping.signal.aborted) return;
    this.#deps.logger.error({ err: error, runId: live.run.id, chatId: live.run.chatId }, 'run failed with an error that nobody classified');
  }

  #finish(live: LiveRun, prepared: PreparedRun | undefined, progress: Progress, error: unknown): RunFinishEvent {
    const cancelled = cancellationOf(live);
    // An answer that came to its end is complete, even if a stop came with it.
    const state: TerminalRunState = error === undefined ? 'completed' : (cancelled?.state ?? 'failed');
    // Made to end by the log: how the model took it says nothing.
    const cause: unknown = live.stopping.signal.aborted ? live.stopping.signal.reason : error;
    const usage = progress.usage(prepared);
    const price = prepared?.target.info?.price;
    return {
      type: 'finish',
      state,
      reason: progress.reason,
      usage,
      cost: usage && price ? estimateCost(usage, price) : undefined,
      timings: progress.timings(),
      modelVersion: progress.modelVersion,
      error: state === 'failed' ? toRunError(cause, this.#blame(cause, prepared)) : undefined,
    };
  }

  #blame(cause: unknown, prepared: PreparedRun | undefined): Blame | undefined {
    return cause instanceof ProviderError && prepared ? this.#deps.providers.blame(prepared.target, cause) : undefined;
  }

  #ending(live: LiveRun, prepared: PreparedRun | undefined, progress: Progress, own: RunFinishEvent): RunEnding {
    const finish = inAll(own, live, progress);
    const { type: _type, ...facts } = finish;
    const record =
      prepared &&
      progress.isAttempting &&
      usageRecord(live, prepared, progress, { id: this.#deps.newId(), outcome: own.state, errorCode: own.error?.code });
    return {
      finish,
      outcome: { ...facts, ...live.said.content(), ...authorOf(live, prepared) },
      usage: record ? [...progress.closed, record] : progress.closed,
      finishedAt: this.#deps.clock.now(),
    };
  }
}

/** Offsets of a model are in its own text: in a continuation that begins where the text before ends. */
function placed(event: Exclude<StreamEvent, ModelFinishEvent | FileEvent>, { continued }: LiveRun): RunEventBody {
  return continued && event.type === 'text-replace' ? { ...event, from: event.from + continued.text.length } : event;
}

/** The end of the whole answer: with what the runs before have taken. */
function inAll(own: RunFinishEvent, { continued }: LiveRun, progress: Progress): RunFinishEvent {
  if (!continued) return own;
  return {
    ...own,
    usage: sumUsage(continued.usage, own.usage),
    cost: sumCost(continued.cost, own.cost),
    timings: sumTimings(continued.timings, progress.timings()),
    modelVersion: own.modelVersion ?? continued.modelVersion,
  };
}

/** A continuation that no model was asked for leaves the answer to who wrote it. */
function authorOf(
  { said, continued, run }: LiveRun,
  prepared: PreparedRun | undefined,
): Pick<AnswerFacts, 'providerId' | 'provider' | 'model'> {
  if (continued && said.attempt === 0) return { providerId: continued.providerId, provider: continued.provider, model: continued.model };
  const { id: providerId, slug } = prepared?.target.record ?? {};
  return { providerId, provider: said.provider ?? slug, model: said.model ?? run.model };
}

function cancellationOf(live: LiveRun): RunCancelled | undefined {
  const reason: unknown = live.stopping.signal.reason;
  return reason instanceof RunCancelled ? reason : undefined;
}

function mayTryAgain(error: ProviderError, attempt: number): boolean {
  const isPassing = error.code === 'rate_limited' || error.code === 'overloaded';
  return isPassing && error.isRetryable && attempt < mostAttempts && (error.retryAfterMs ?? 0) <= longestRetryWaitMs;
}

function retryDelay(error: ProviderError, attempt: number): number {
  return error.retryAfterMs ?? Math.min(firstRetryMs * 2 ** (attempt - 1), longestRetryWaitMs);
}

/** Clocks and facts of one run while it goes. */
class Progress {
  readonly #live: LiveRun;
  readonly #clock: Clock;
  readonly #queuedAt: number;
  #startedAt: number | undefined;
  #attemptAt: number | undefined;
  #firstTokenAt: number | undefined;
  #finish: ModelFinishEvent | undefined;
  readonly closed: UsageRecord[] = [];
  attempt = 0;
  /** True from the start of an attempt until its record is closed. */
  isAttempting = false;

  constructor(live: LiveRun, clock: Clock) {
    this.#live = live;
    this.#clock = clock;
    this.#queuedAt = clock.monotonic();
  }

  get hasContent(): boolean {
    return this.#firstTokenAt !== undefined;
  }
  get isFinished(): boolean {
    return this.#finish !== undefined;
  }
  get reason(): FinishReason | undefined {
    return this.#finish?.reason;
  }
  get modelVersion(): string | undefined {
    return this.#finish?.modelVersion;
  }

  now(): number {
    return this.#clock.now();
  }
  leaveQueue(): void {
    this.#startedAt = this.#clock.monotonic();
  }
  startAttempt(number: number): void {
    this.attempt = number;
    this.isAttempting = true;
    this.#finish = undefined;
    this.#attemptAt = this.#clock.monotonic();
  }
  closeAttempt(record: UsageRecord): void {
    this.closed.push(record);
    this.isAttempting = false;
  }

  note(event: StreamEvent): void {
    if (event.type === 'finish') this.#finish = event;
    else if (event.type === 'file' || isContent(event)) this.#firstTokenAt ??= this.#clock.monotonic();
  }

  timings(): RunTimings {
    const now = this.#clock.monotonic();
    const start = this.#startedAt ?? now;
    const firstTokenMs = this.#firstTokenAt === undefined ? undefined : round(this.#firstTokenAt - start);
    return { queueMs: round(start - this.#queuedAt), firstTokenMs, totalMs: round(now - start) };
  }

  attemptTimings(): { queueMs: number; firstTokenMs: number | undefined; totalMs: number } {
    const now = this.#clock.monotonic();
    const start = this.#attemptAt ?? now;
    const firstTokenMs = this.#firstTokenAt === undefined ? undefined : round(this.#firstTokenAt - start);
    return { queueMs: round((this.#startedAt ?? now) - this.#queuedAt), firstTokenMs, totalMs: round(now - start) };
  }

  /** As the vendor counted; where it did not (stopped, cut), what was said is estimated. */
  usage(prepared: PreparedRun | undefined): Usage | undefined {
    const counted = this.#finish?.usage ?? this.#live.said.usage;
    if (counted || !prepared || !this.hasContent) return counted;
    const inputTokens = prepared.request.messages.reduce((sum, { parts }) => sum + parts.reduce((n, part) => n + estimatePart(part), 0), 0);
    return { inputTokens, outputTokens: estimateTokens(this.#live.ownText), isEstimated: true };
  }
}

const round = (ms: number): number => Math.round(ms * 10) / 10;

function usageRecord(
  live: LiveRun,
  prepared: PreparedRun,
  progress: Progress,
  end: Pick<UsageRecord, 'id' | 'outcome' | 'errorCode'>,
): UsageRecord {
  const { target } = prepared;
  const usage = progress.usage(prepared);
  const price = target.info?.price;
  return {
    ...end,
    runId: live.run.id,
    ownerId: live.run.ownerId,
    providerId: target.record.id,
    provider: target.record.slug,
    model: target.publicId,
    attempt: progress.attempt,
    usage,
    cost: usage && price ? estimateCost(usage, price) : undefined,
    ...progress.attemptTimings(),
    createdAt: progress.now(),
  };
}
