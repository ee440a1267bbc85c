import type { CallOptions, ChatModel, ChatRequest, Clock, ProviderError, StreamEvent } from '@multimodel/core';
import { faultTexts } from '../errors/fault-texts.ts';
import { cancelledError, createProviderError } from '../errors/provider-error.ts';

/** Milliseconds; an absent limit is none. */
export interface TimeoutLimits {
  /** Slug of the configured provider; named in errors. */
  readonly providerId: string;
  /** From the call to the first text, reasoning or tool call. */
  readonly firstTokenMs?: number | undefined;
  /** Between two events after that, while the consumer waits. */
  readonly idleMs?: number | undefined;
  /** From the call to the end. */
  readonly totalMs?: number | undefined;
}

type Phase = 'first_token' | 'idle' | 'total';
type Result = IteratorResult<StreamEvent, undefined>;

const done: Result = { done: true, value: undefined };

/**
 * `model` with limits of time. When one is over, the vendor's connection is closed and `timeout` thrown with
 * `details: {phase: 'first_token' | 'idle' | 'total', limitMs}`; an abort by the caller stays `cancelled`. A consumer that is slow
 * to ask for the next event does not make the vendor late.
 *
 * @example
 * const patient = withTimeouts(model, { providerId: 'gigachat', firstTokenMs: 60_000, idleMs: 30_000 }, clock);
 */
export function withTimeouts(model: ChatModel, limits: TimeoutLimits, clock: Clock): ChatModel {
  return {
    id: model.id,
    stream: (request, options) => ({ [Symbol.asyncIterator]: () => new TimedStream({ model, limits, clock }, request, options) }),
  };
}

interface TimedDeps {
  readonly model: ChatModel;
  readonly limits: TimeoutLimits;
  readonly clock: Clock;
}

class TimedStream implements AsyncIterator<StreamEvent, undefined> {
  readonly #deps: TimedDeps;
  readonly #signal: AbortSignal;
  readonly #controller = new AbortController();
  readonly #inner: AsyncIterator<StreamEvent>;
  readonly #timers = new Map<Phase, () => void>();
  #isStarted = false;
  #hasToken = false;
  #isOver = false;
  #waitingSince: number | undefined;
  #interrupt: ((error: Error) => void) | undefined;
  #failure: ProviderError | undefined;

  constructor(deps: TimedDeps, request: ChatRequest, { signal }: CallOptions) {
    this.#deps = deps;
    this.#signal = signal;
    this.#inner = deps.model.stream(request, { signal: this.#controller.signal })[Symbol.asyncIterator]();
  }

  async next(): Promise<Result> {
    if (!this.#isStarted) this.#start();
    if (!this.#isOver && this.#signal.aborted) this.#onAbort();
    if (this.#isOver) return this.#takeFailure();
    try {
      return this.#take(await this.#pull());
    } catch (error) {
      this.#finish();
      this.#failure = undefined;
      throw error;
    }
  }

  async return(): Promise<Result> {
    this.#finish();
    await this.#inner.return?.();
    return done;
  }

  /** What went wrong while nobody waited is told to whoever asks next, once. */
  #takeFailure(): Result {
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure) throw failure;
    return done;
  }

  #take(result: IteratorResult<StreamEvent>): Result {
    this.#waitingSince = undefined;
    if (result.done) {
      this.#finish();
      return done;
    }
    if (!this.#hasToken && isContent(result.value)) this.#onFirstToken();
    return { done: false, value: result.value };
  }

  /** Races the vendor against the clock and the caller: neither has to wait until the vendor's code notices. */
  #pull(): Promise<IteratorResult<StreamEvent>> {
    this.#waitingSince = this.#deps.clock.monotonic();
    return new Promise((resolve, reject) => {
      this.#interrupt = reject;
      this.#inner.next().then(resolve, reject);
    });
  }

  #start(): void {
    this.#isStarted = true;
    this.#signal.addEventListener('abort', this.#onAbort, { once: true });
    const { firstTokenMs, totalMs } = this.#deps.limits;
    if (firstTokenMs !== undefined) this.#expireAfter('first_token', firstTokenMs);
    if (totalMs !== undefined) this.#expireAfter('total', totalMs);
  }

  #expireAfter(phase: Phase, limitMs: number): void {
    this.#timers.set(
      phase,
      this.#deps.clock.schedule(limitMs, () => this.#stop(this.#timeout(phase, limitMs))),
    );
  }

  #onFirstToken(): void {
    this.#hasToken = true;
    this.#timers.get('first_token')?.();
    this.#timers.delete('first_token');
    const { idleMs } = this.#deps.limits;
    if (idleMs !== undefined) this.#watchIdle(idleMs, idleMs);
  }

  /** One timer that looks when it fires, instead of one per event: events come by the thousand. */
  #watchIdle(delayMs: number, limitMs: number): void {
    const { clock } = this.#deps;
    const check = (): void => {
      const waitedMs = this.#waitingSince === undefined ? 0 : clock.monotonic() - this.#waitingSince;
      if (waitedMs >= limitMs) this.#stop(this.#timeout('idle', limitMs));
      else this.#watchIdle(limitMs - waitedMs, limitMs);
    };
    this.#timers.set('idle', clock.schedule(delayMs, check));
  }

  #timeout(phase: Phase, limitMs: number): ProviderError {
    return createProviderError('timeout', faultTexts[phase], { providerId: this.#deps.limits.providerId, details: { phase, limitMs } });
  }

  readonly #onAbort = (): void => {
    this.#stop(cancelledError(this.#deps.limits.providerId));
  };

  #stop(error: ProviderError): void {
    this.#failure = error;
    this.#finish();
    this.#interrupt?.(error);
    this.#controller.abort(error);
    this.#inner.return?.().catch(() => undefined); // Its end is of no interest any more, the caller has its error.
  }

  #finish(): void {
    this.#isOver = true;
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
    this.#signal.removeEventListener('abort', this.#onAbort);
  }
}

function isContent({ type }: StreamEvent): boolean {
  return type === 'text-delta' || type === 'text-replace' || type === 'reasoning-delta' || type === 'tool-call' || type === 'file';
}
