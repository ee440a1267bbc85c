/** The only door to time: tests pass a clock that they move by hand. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds of a clock that never jumps; only differences mean something. */
  monotonic(): number;
  /** Calls back once, after at least `delayMs`; the answer cancels. */
  schedule(delayMs: number, callback: () => void): () => void;
}
