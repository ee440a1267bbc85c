import type { Actor, Authorized } from '../account/actor.ts';
import { authorizeOwner } from '../account/actor.ts';
import type { AttachmentService } from '../attachment/attachment-service.ts';
import { longestBranch } from '../chat/context-builder.ts';
import type { Message, MessageOutcome } from '../chat/message.ts';
import { AppError } from '../errors/app-error.ts';
import { faultTexts } from '../errors/fault-texts.ts';
import type { ModelCatalog } from '../provider/model-catalog.ts';
import type { ProviderRegistry } from '../provider/provider-registry.ts';
import type { Clock } from '../shared/clock.ts';
import type { MessageId, RunId } from '../shared/ids.ts';
import type { Logger } from '../shared/logger.ts';
import type { Storage } from '../shared/storage.ts';
import { sumUsage } from '../usage/usage-sum.ts';
import { LiveRun, type RunWatcher } from './live-run.ts';
import { prepareRequest } from './prepare-request.ts';
import type { Run } from './run.ts';
import type { RunEvent, RunFinishEvent, TerminalRunState } from './run-event.ts';
import { type PreparedRun, RunCancelled, RunExecutor } from './run-executor.ts';
import { type CommitInfo, RunLog } from './run-log.ts';
import { RunTranscript } from './run-transcript.ts';

export interface RunServiceDeps {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly registry: ProviderRegistry;
  readonly models: ModelCatalog;
  readonly process: RunProcess;
}

/** What a run answers. */
export interface RunSource {
  /** The branch that ends here is what the model reads. */
  readonly leaf: MessageId;
  /** The unfinished answer that goes on, as it was before; then it is the leaf, too. */
  readonly continued?: Message | undefined;
}

/** What a run needs to know of the process that drives it. */
export interface RunProcess {
  /** New at each start: runs of another id are orphans. */
  readonly id: string;
  newId(): string;
  readonly observer?: RunObserver | undefined;
  /** Where it keeps the files of messages. */
  readonly attachments: Pick<AttachmentService, 'keepMade' | 'load'>;
}

/** Where metrics listen. */
export interface RunObserver {
  onCommit?(info: CommitInfo): void;
  onEnd?(run: Run, finish: RunFinishEvent, facts: { readonly provider?: string | undefined; readonly model?: string | undefined }): void;
}

/** How long a shutdown waits for the database to take the last events. */
const endLimitMs = 5_000;

/** Generations: they belong to the server, not to a connection. */
export class RunService {
  readonly #deps: RunServiceDeps;
  readonly #log: RunLog;
  readonly #executor: RunExecutor;
  readonly #live = new Map<RunId, { live: LiveRun; ended: Promise<void> }>();
  #isClosing = false;
  #isGraceOver = false;

  constructor(deps: RunServiceDeps) {
    this.#deps = deps;
    const { storage, clock, logger, registry } = deps;
    this.#log = new RunLog({ storage, clock, logger, onCommit: (info) => this.#tell((observer) => observer.onCommit?.(info)) });
    this.#executor = new RunExecutor({
      log: this.#log,
      clock,
      logger,
      newId: deps.process.newId,
      providers: {
        blame: ({ record }, error) => registry.blame(record, error),
        report: (target, error) => registry.report(target, error),
      },
      files: deps.process.attachments,
    });
  }

  get processId(): string {
    return this.#deps.process.id;
  }
  get activeCount(): number {
    return this.#live.size;
  }

  /** Throws `shutting_down` while the server goes away. */
  assertOpen(): void {
    if (this.#isClosing) throw new AppError('shutting_down', faultTexts.shuttingDown);
  }

  /** Starts to drive a run that was stored. Returns at once; the run goes on with or without watchers. */
  launch(run: Run, source: RunSource): void {
    if (this.#live.has(run.id)) return;
    const live = new LiveRun(run, source.continued);
    if (this.#isGraceOver) live.stopping.abort(new RunCancelled('interrupted'));
    const ended = this.#drive(live, source.leaf);
    this.#live.set(run.id, { live, ended });
  }

  async get(actor: Actor, id: RunId): Promise<Authorized<Run>> {
    return authorizeOwner(actor, 'Run', id, await this.#deps.storage.read.runs.findById(id));
  }

  /** Closes the vendor's connection at once; the end follows through the events. A run at rest stays as it is. */
  async stop(actor: Actor, id: RunId): Promise<Authorized<Run>> {
    const stopped = this.#stopLive(actor, id);
    if (stopped) return stopped;
    const run = await this.get(actor, id);
    if (run.finishedAt !== undefined || run.processId !== this.processId) return run;
    const stoppedNow = this.#stopLive(actor, id);
    if (stoppedNow) return stoppedNow;
    // Ours, yet driven by nobody: its end could not be stored. It must not block its chat until the next start.
    await this.#interruptOrphan(run);
    return this.get(actor, id);
  }

  /** As `stop`, but resolves when the end is stored. */
  async stopAndWait(actor: Actor, id: RunId): Promise<Authorized<Run>> {
    await this.stop(actor, id);
    await this.#live.get(id)?.ended;
    return this.get(actor, id);
  }

  /** Events after `after` (0 = from the beginning), then what comes. */
  async watch(actor: Actor, id: RunId, { after = 0 }: { readonly after?: number } = {}): Promise<RunWatcher> {
    const working = this.#live.get(id);
    if (working) {
      authorizeOwner(actor, 'Run', id, working.live.run);
      return working.live.watch(after);
    }
    const run = await this.get(actor, id);
    // It may have come to rest between the two looks, or belong to a process that is gone.
    return run.finishedAt === undefined ? this.#watchLog(run, after) : this.#watchRest(run, after);
  }

  /** Runs whose process is gone become `interrupted`; their text stays. Call once, before serving. */
  async recover(): Promise<number> {
    const broken = new Set<RunId>();
    let count = 0;
    for (;;) {
      const orphans = await this.#deps.storage.read.runs.listOrphans(this.processId, 100 + broken.size);
      const left = orphans.filter(({ id }) => !broken.has(id));
      if (left.length === 0) return count;
      for (const run of left) {
        if (await this.#recoverOne(run)) count += 1;
        else broken.add(run.id);
      }
    }
  }

  /** No new runs; those at work may finish within `graceMs`, then they are `interrupted`. */
  async shutdown({ graceMs }: { readonly graceMs: number }): Promise<void> {
    this.#isClosing = true;
    await this.#allEnded(graceMs);
    this.#isGraceOver = true;
    for (const { live } of this.#live.values()) live.stopping.abort(new RunCancelled('interrupted'));
    if (await this.#allEnded(endLimitMs)) return;
    this.#deps.logger.warn(
      { runs: this.#live.size },
      'the database did not take the end of some runs; the next start marks them interrupted',
    );
  }

  /** False when some were still at work after that time. */
  async #allEnded(withinMs: number): Promise<boolean> {
    const late = Promise.withResolvers<void>();
    let isLate = false;
    const cancel = this.#deps.clock.schedule(withinMs, () => {
      isLate = true;
      late.resolve();
    });
    while (this.#live.size > 0 && !isLate) {
      await Promise.race([Promise.all(Array.from(this.#live.values(), ({ ended }) => ended)), late.promise]);
    }
    cancel();
    return this.#live.size === 0;
  }

  #stopLive(actor: Actor, id: RunId): Authorized<Run> | undefined {
    const working = this.#live.get(id);
    if (!working) return undefined;
    const run = authorizeOwner(actor, 'Run', id, working.live.run);
    working.live.stopping.abort(new RunCancelled('stopped'));
    return run;
  }

  /** Metrics must not harm what they measure. */
  #tell(say: (observer: RunObserver) => void): void {
    const { observer } = this.#deps.process;
    try {
      if (observer) say(observer);
    } catch (error) {
      this.#deps.logger.error({ err: error }, 'the observer of runs failed');
    }
  }

  async #drive(live: LiveRun, leaf: MessageId): Promise<void> {
    const { run } = live;
    // The caller's answer goes out first.
    await Promise.resolve();
    using held = new DisposableStack();
    let own: RunFinishEvent | undefined;
    try {
      own = await this.#executor.execute(live, () => this.#prepare(live, leaf, held));
    } catch (error) {
      this.#deps.logger.error({ err: error, runId: run.id }, 'run could not be ended');
      live.abandon();
    }
    this.#live.delete(run.id);
    const { finish, provider, model } = live.said;
    const counted = own ?? finish;
    if (finish && counted) this.#tell((observer) => observer.onEnd?.(run, counted, { provider, model }));
    this.#deps.logger.info(
      { runId: run.id, chatId: run.chatId, model: run.model, state: finish?.state, code: finish?.error?.code, timings: finish?.timings },
      'run ended',
    );
  }

  /** `held` keeps the provider open for this run, although somebody may change or delete it meanwhile. */
  async #prepare({ run, continued }: LiveRun, leaf: MessageId, held: DisposableStack): Promise<PreparedRun> {
    const target = this.#deps.models.resolve(run.model);
    held.use(this.#deps.registry.hold(target));
    const branch = await this.#deps.storage.read.messages.listBranch(leaf, longestBranch);
    const prepared = await prepareRequest({
      run,
      branch,
      isContinued: continued !== undefined,
      info: branch.some(({ attachments }) => attachments) ? (await this.#deps.models.load(run.model)).info : target.info,
      load: (sha256) => this.#deps.process.attachments.load(sha256),
    });
    return { target, ...prepared };
  }

  async #watchLog(run: Run, after: number): Promise<RunWatcher> {
    const events = await this.#deps.storage.read.runs.loadEvents(run.id);
    const seq = events.at(-1)?.seq ?? 0;
    return once(seq > after ? [RunTranscript.ofLog(events).snapshot(run, seq)] : []);
  }

  async #watchRest(run: Run, after: number): Promise<RunWatcher> {
    if (after === run.lastSeq) return once([]);
    const message = await this.#deps.storage.read.messages.findById(run.messageId);
    // An answer that was continued later belongs to its latest run.
    if (!message || message.runId !== run.id) return once([]);
    const transcript = transcriptOf(message);
    return once([transcript.snapshot(run, run.lastSeq - 1), finishOf(message, run.state, run.lastSeq)]);
  }

  /** False when this run alone could not be read or written: it stays for the next start. */
  async #recoverOne(run: Run): Promise<boolean> {
    try {
      await this.#interruptOrphan(run);
      return true;
    } catch (error) {
      if (error instanceof AppError && error.code === 'storage_unavailable') throw error;
      this.#deps.logger.error({ err: error, runId: run.id, chatId: run.chatId }, 'a run of a process that is gone could not be settled');
      return false;
    }
  }

  async #interruptOrphan(run: Run): Promise<void> {
    const events = await this.#deps.storage.read.runs.loadEvents(run.id);
    const transcript = RunTranscript.ofLog(events);
    const finishedAt = this.#deps.clock.now();
    const slug = transcript.provider;
    const provider = slug === undefined ? undefined : await this.#deps.storage.read.providers.findBySlug(slug);
    const before = await this.#deps.storage.read.messages.findById(run.messageId);
    await this.#deps.storage.transact(async (tx) => {
      const lastSeq = (events.at(-1)?.seq ?? 0) + 1;
      if (!(await tx.runs.finish(run.id, { state: 'interrupted', lastSeq, finishedAt }))) return;
      await tx.messages.setOutcome(run.messageId, interruptedOutcome(run, transcript, { before, providerId: provider?.id }));
      if (slug === undefined) return;
      await tx.usage.insert({
        id: this.#deps.process.newId(),
        runId: run.id,
        ownerId: run.ownerId,
        providerId: provider?.id,
        provider: slug,
        model: transcript.model ?? run.model,
        attempt: transcript.attempt,
        outcome: 'interrupted',
        usage: transcript.usage,
        queueMs: 0,
        totalMs: Math.max(0, finishedAt - run.createdAt),
        createdAt: finishedAt,
      });
    });
    this.#deps.logger.warn({ runId: run.id, chatId: run.chatId }, 'a run of a process that is gone was marked interrupted');
  }
}

interface InterruptedFacts {
  readonly providerId: MessageOutcome['providerId'];
  /** As it is stored: an answer that was being continued knows what the runs before took, and who wrote it. */
  readonly before: Message | undefined;
}

function interruptedOutcome(run: Run, transcript: RunTranscript, { providerId, before }: InterruptedFacts): MessageOutcome {
  return {
    state: 'interrupted',
    ...transcript.content(),
    usage: sumUsage(before?.usage, transcript.usage),
    cost: before?.cost,
    timings: before?.timings,
    modelVersion: before?.modelVersion,
    providerId: transcript.provider === undefined ? before?.providerId : providerId,
    provider: transcript.provider ?? before?.provider,
    model: transcript.model ?? before?.model ?? run.model,
  };
}

function transcriptOf(message: Message): RunTranscript {
  const transcript = new RunTranscript();
  transcript.text = message.text;
  transcript.reasoning = message.reasoning ?? '';
  transcript.toolCalls.push(...(message.toolCalls ?? []));
  transcript.attachments.push(...(message.attachments ?? []));
  transcript.warnings.push(...(message.warnings ?? []));
  transcript.provider = message.provider;
  transcript.model = message.model;
  transcript.attempt = 1;
  return transcript;
}

function finishOf(message: Message, state: Run['state'], seq: number): RunEvent {
  const { reason, usage, cost, timings, modelVersion, error } = message;
  const end: TerminalRunState = state === 'queued' || state === 'running' ? 'interrupted' : state;
  return { type: 'finish', seq, state: end, reason, usage, cost, timings, modelVersion, error };
}

/** A watcher of something that does not change any more. */
function once(batch: readonly (RunEvent | ReturnType<RunTranscript['snapshot']>)[]): RunWatcher {
  let isGiven = batch.length === 0;
  return {
    next: async () => {
      if (isGiven) return undefined;
      isGiven = true;
      return batch;
    },
  };
}
