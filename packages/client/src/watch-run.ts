import type { RunEventDto } from '@multimodel/contract';
import { backOffMs, type Schedule } from './back-off.ts';
import { ApiError, NetworkError } from './errors.ts';
import type { Http } from './http.ts';
import { parseRunEvent } from './run-event.ts';
import { SseDecoder } from './sse-decoder.ts';

/** A connection without a byte for this long is dead; the server sends a comment every 15 s. */
export const silenceMs = 40_000;

/** What the connection of a watched run is doing. */
export type WatchConnection =
  | { readonly state: 'connecting' }
  | { readonly state: 'open' }
  | { readonly state: 'waiting'; readonly failures: number; readonly retryInMs: number; readonly cause: ApiError | NetworkError };

export interface WatchOptions {
  /** Events up to this `seq` are known already. */
  readonly after?: number | undefined;
  /** Aborting ends the iteration with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  readonly onConnection?: ((connection: WatchConnection) => void) | undefined;
  /** Subscribes to moments worth an immediate retry (back online, page shown); returns the unsubscriber. */
  readonly onWake?: ((retryNow: () => void) => () => void) | undefined;
}

export interface WatchDeps {
  readonly http: Http;
  readonly schedule: Schedule;
  readonly random: () => number;
}

interface WatchState {
  lastSeq: number;
  failures: number;
  isOver: boolean;
}

interface Following {
  readonly watch: WatchState;
  readonly options: WatchOptions;
}

/** Follows a run to its end over any number of connections: each event once, in order. Ends after `finish`, or when the server says there is nothing more. */
export async function* watchRun(deps: WatchDeps, runId: string, options: WatchOptions): AsyncGenerator<RunEventDto, void, undefined> {
  const watch: WatchState = { lastSeq: options.after ?? 0, failures: 0, isOver: false };
  while (!watch.isOver) {
    options.signal?.throwIfAborted();
    options.onConnection?.({ state: 'connecting' });
    try {
      yield* followOnce(deps, runId, { watch, options });
    } catch (error) {
      await waitAfter(deps, error, { watch, options });
    }
  }
}

async function* followOnce(deps: WatchDeps, runId: string, { watch, options }: Following): AsyncGenerator<RunEventDto> {
  const connection = new Connection(deps.schedule, options.signal);
  try {
    const body = await open(deps.http, runId, { after: watch.lastSeq, signal: connection.signal });
    watch.isOver = body === undefined;
    if (!body) return;
    options.onConnection?.({ state: 'open' });
    for await (const data of connection.frames(body)) {
      const event = accept(watch, data);
      if (event) yield event;
      if (watch.isOver) return;
    }
  } finally {
    connection.close();
  }
  throw new NetworkError('The stream ended before the run did');
}

/** Undefined when the server has nothing more to tell. */
async function open(
  http: Http,
  runId: string,
  { after, signal }: { after: number; signal: AbortSignal },
): Promise<ReadableStream<Uint8Array> | undefined> {
  const headers = { accept: 'text/event-stream', ...(after > 0 ? { 'last-event-id': String(after) } : {}) };
  const response = await http.send(`/api/v1/runs/${encodeURIComponent(runId)}/events`, { signal, headers });
  if (response.status === 204) return undefined;
  if (!response.body || !response.headers.get('content-type')?.includes('text/event-stream')) throw new NetworkError('Not an event stream');
  return response.body;
}

/** The event if it is new; moves the mark. A gap or nonsense is a broken connection: the next one starts at the mark. */
function accept(watch: WatchState, data: string): RunEventDto | undefined {
  const parsed = parseRunEvent(data);
  if (parsed.kind === 'malformed') throw new NetworkError('Malformed event');
  const seq = parsed.kind === 'event' ? parsed.event.seq : parsed.seq;
  if (seq <= watch.lastSeq) return undefined;
  // A snapshot stands for all before it; a lone `finish` says that the log is folded into the message by now.
  const mayJump = parsed.kind === 'event' && (parsed.event.type === 'snapshot' || parsed.event.type === 'finish');
  if (seq > watch.lastSeq + 1 && !mayJump) throw new NetworkError('Events are missing');
  watch.lastSeq = seq;
  watch.failures = 0;
  if (parsed.kind === 'unknown') return undefined;
  watch.isOver = parsed.event.type === 'finish';
  return parsed.event;
}

/** Returns when it is time for the next connection; throws what no other connection can mend. */
async function waitAfter(deps: WatchDeps, error: unknown, { watch, options }: Following): Promise<void> {
  options.signal?.throwIfAborted();
  const canRetry = error instanceof NetworkError || (error instanceof ApiError && error.isRetryable);
  if (!canRetry) throw error;
  const asked = error instanceof ApiError ? (error.retryAfterMs ?? 0) : 0;
  const retryInMs = Math.max(asked, backOffMs(watch.failures, deps.random));
  watch.failures += 1;
  options.onConnection?.({ state: 'waiting', failures: watch.failures, retryInMs, cause: error });
  await pause(deps.schedule, retryInMs, options);
}

async function pause(schedule: Schedule, delayMs: number, { signal, onWake }: WatchOptions): Promise<void> {
  const { promise, resolve: done } = Promise.withResolvers<void>();
  const cancel = schedule(done, delayMs);
  const stopWaking = onWake?.(done);
  const onAbort = () => done();
  signal?.addEventListener('abort', onAbort, { once: true });
  await promise;
  signal?.removeEventListener('abort', onAbort);
  stopWaking?.();
  cancel();
}

/** One HTTP exchange that dies with the caller's signal, with its owner, or of silence. */
class Connection {
  readonly #controller = new AbortController();
  readonly #schedule: Schedule;
  readonly #outer: AbortSignal | undefined;
  #cancelSilence: (() => void) | undefined;

  constructor(schedule: Schedule, outer: AbortSignal | undefined) {
    this.#schedule = schedule;
    this.#outer = outer;
    outer?.addEventListener('abort', this.close, { once: true });
    this.#heard();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  async *frames(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
    const decoder = new TextDecoder();
    const sse = new SseDecoder();
    const reader = body.getReader();
    for (let chunk = await this.#read(reader); chunk; chunk = await this.#read(reader)) {
      this.#heard();
      for (const frame of sse.push(decoder.decode(chunk, { stream: true }))) yield frame.data;
    }
  }

  close = () => {
    this.#cancelSilence?.();
    this.#outer?.removeEventListener('abort', this.close);
    this.#controller.abort(new NetworkError('The connection was closed'));
  };

  #heard(): void {
    this.#cancelSilence?.();
    this.#cancelSilence = this.#schedule(
      () => this.#controller.abort(new NetworkError('The connection was silent for too long')),
      silenceMs,
    );
  }

  async #read(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array | undefined> {
    try {
      const { done, value } = await reader.read();
      return done ? undefined : value;
    } catch (cause) {
      throw new NetworkError('The stream was cut', { cause });
    }
  }
}
