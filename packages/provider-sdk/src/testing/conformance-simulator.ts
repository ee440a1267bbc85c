/** What the next generation requests meet. */
export type ConformanceScenario =
  | {
      readonly kind: 'answer';
      /** One chunk of the vendor's stream each. */
      readonly pieces: readonly string[];
      readonly usage?: { readonly inputTokens: number; readonly outputTokens: number } | undefined;
      /** Split what is written into pieces of so many bytes. */
      readonly chunkBytes?: number | undefined;
    }
  | { readonly kind: 'unauthorized' }
  | { readonly kind: 'rate-limited'; readonly retryAfterSeconds?: number | undefined }
  | { readonly kind: 'server-error-html'; readonly status: 500 | 502 | 503 }
  /** Nothing of the answer's text until `advance()`. */
  | { readonly kind: 'slow-first-token' }
  /** The pieces, then nothing until `advance()`. */
  | { readonly kind: 'stall'; readonly pieces: readonly string[] }
  /** The pieces, then the end without the vendor's own ending. */
  | { readonly kind: 'cut'; readonly pieces: readonly string[]; readonly how: 'clean-eof' | 'mid-frame' | 'reset' }
  /** 200 with nonsense. */
  | { readonly kind: 'garbage' };

/** A request as it arrived. */
export interface SimulatedRequest {
  readonly method: string;
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A local server that speaks a vendor's protocol, as the conformance kit needs it. Fulfilled by shape: it need not import this package. */
export interface ConformanceSimulator extends AsyncDisposable {
  /** `http://127.0.0.1:port`. */
  readonly url: string;
  /** What the next generation requests meet, until changed. */
  play(scenario: ConformanceScenario): void;
  /** All requests so far, tokens and lists of models included. */
  readonly requests: readonly SimulatedRequest[];
  /** Generation requests in flight. */
  readonly openStreams: number;
  /** Resolves when a client has closed a generation connection before its end, also if it did so already since the last `play()`. */
  clientGone(): Promise<void>;
  /** Releases what a `stall` or `slow-first-token` holds. */
  advance?(): void;
}
