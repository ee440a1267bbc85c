/** What a conformance kit may ask any simulator to do next. The kit states the same shape; nothing is imported from it. */
export type ConformanceScenario =
  | {
      readonly kind: 'answer';
      readonly pieces: readonly string[];
      readonly usage?: { readonly inputTokens: number; readonly outputTokens: number } | undefined;
      readonly chunkBytes?: number | undefined;
    }
  | { readonly kind: 'unauthorized' }
  | { readonly kind: 'rate-limited'; readonly retryAfterSeconds?: number | undefined }
  | { readonly kind: 'server-error-html'; readonly status: 500 | 502 | 503 }
  | { readonly kind: 'slow-first-token' }
  | { readonly kind: 'stall'; readonly pieces: readonly string[] }
  | { readonly kind: 'cut'; readonly pieces: readonly string[]; readonly how: 'clean-eof' | 'mid-frame' | 'reset' }
  | { readonly kind: 'garbage' };

export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly httpVersion: '1.1' | '2';
}

export interface ConformanceSimulator extends AsyncDisposable {
  readonly url: string;
  /** Holds for every request until the next call. */
  play(scenario: ConformanceScenario): void;
  readonly requests: readonly RecordedRequest[];
  /** Generations that are neither finished nor given up by their client. */
  readonly openStreams: number;
  /** Resolves when a client closed a generation before its end, also if that happened since the last `play`. */
  clientGone(): Promise<void>;
  /** Releases what is held by `stall` and `slow-first-token`. */
  advance(): void;
}

/** Counters and gauges of one simulator, also served to other processes. */
export interface SimulatorState {
  readonly openStreams: number;
  /** Generations that wait for `advance`. */
  readonly holding: number;
  readonly started: number;
  readonly completed: number;
  /** Given up by their client before the end. */
  readonly cancelled: number;
  /** Ended early by the simulator itself, as a scenario asked. */
  readonly broken: number;
  readonly requests: number;
  /** Epoch milliseconds of a clock that never jumps, newest last. */
  readonly clientGoneAt: readonly number[];
}
