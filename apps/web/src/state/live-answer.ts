import { ApiError, type Client, emptyRunView, isTerminal, type RunView, reduceRunView, type WatchOptions } from '@multimodel/client';
import { createStore, type StoreApi } from 'zustand/vanilla';

export interface LiveAnswerState {
  readonly view: RunView;
  readonly connection: 'connecting' | 'open' | 'waiting';
  readonly isStopping: boolean;
}

export interface LiveAnswerDeps {
  readonly client: Pick<Client, 'runs'>;
  /** Runs a callback before the next paint, or soon where nothing is painted. */
  readonly requestFlush: (flush: () => void) => void;
  readonly onWake?: WatchOptions['onWake'];
  readonly onConnection?: WatchOptions['onConnection'];
}

/** `lost`: the end was not seen in full, the message must be read from the server. */
export type AnswerEnd = { readonly kind: 'ended'; readonly view: RunView } | { readonly kind: 'lost'; readonly error?: unknown };

/** One answer being written: a store that changes at most once per frame, however fast the events come. */
export class LiveAnswer {
  readonly runId: string;
  readonly startedAt: number;
  readonly store: StoreApi<LiveAnswerState>;
  readonly #deps: LiveAnswerDeps;
  readonly #controller = new AbortController();
  #view: RunView = emptyRunView;
  #isFlushRequested = false;

  constructor(deps: LiveAnswerDeps, { runId, startedAt }: { runId: string; startedAt: number }) {
    this.#deps = deps;
    this.runId = runId;
    this.startedAt = startedAt;
    this.store = createStore<LiveAnswerState>(() => ({ view: emptyRunView, connection: 'connecting', isStopping: false }));
  }

  /** Follows the run to its end; undefined when this page left it before. */
  async follow(): Promise<AnswerEnd | undefined> {
    const { signal } = this.#controller;
    try {
      return await this.#readAll(signal);
    } catch (error) {
      if (signal.aborted) return undefined;
      return { kind: 'lost', error };
    }
  }

  async stop(): Promise<void> {
    this.store.setState({ isStopping: true });
    try {
      await this.#deps.client.runs.stop(this.runId, { signal: this.#controller.signal });
    } catch (error) {
      this.store.setState({ isStopping: false });
      // It ended by itself in the same moment.
      if (!(error instanceof ApiError && (error.status === 404 || error.status === 409))) throw error;
    }
  }

  /** Stops watching; the run goes on at the server. */
  close(): void {
    this.#controller.abort();
  }

  async #readAll(signal: AbortSignal): Promise<AnswerEnd> {
    const { client, onWake } = this.#deps;
    for await (const event of client.runs.watch(this.runId, { signal, onWake, onConnection: this.#onConnection })) {
      const isWhole = event.seq === this.#view.lastSeq + 1 || event.type === 'snapshot';
      this.#view = reduceRunView(this.#view, event);
      if (!isWhole) return { kind: 'lost' };
      this.#requestFlush();
    }
    this.#flush();
    return isTerminal(this.#view.state) ? { kind: 'ended', view: this.#view } : { kind: 'lost' };
  }

  #onConnection: NonNullable<WatchOptions['onConnection']> = (connection) => {
    this.#deps.onConnection?.(connection);
    if (this.store.getState().connection !== connection.state) this.store.setState({ connection: connection.state });
  };

  #requestFlush(): void {
    if (this.#isFlushRequested) return;
    this.#isFlushRequested = true;
    this.#deps.requestFlush(this.#flush);
  }

  #flush = () => {
    this.#isFlushRequested = false;
    if (this.store.getState().view !== this.#view) this.store.setState({ view: this.#view });
  };
}
