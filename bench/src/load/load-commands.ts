/** Where streams are opened: at something that speaks the vendor's protocol, or at our server as the page does. */
export type LoadTarget =
  | { readonly kind: 'vendor'; readonly url: string }
  | { readonly kind: 'chat'; readonly url: string; readonly models: readonly string[]; readonly chatIds: readonly string[] };

/** `open`: Poisson arrivals that never wait for an answer. `closed`: slots that each begin anew when their stream has ended. */
export type Arrivals =
  | { readonly kind: 'open'; readonly ratePerSecond: number; readonly seconds: number; readonly seed: number }
  | { readonly kind: 'closed'; readonly slots: number; readonly seconds: number; readonly staggerMs: number };

export interface LoadInput {
  readonly target: LoadTarget;
  readonly arrivals: Arrivals;
}

export interface LoadReport {
  readonly started: number;
  readonly completed: number;
  /** Streams that ended after the first quarter of the window and before its end, per second of that time: neither ramp nor drain. */
  readonly perSecond: number;
  readonly wallMs: number;
  /** Bytes of bodies; counted for vendor targets, where they can be compared with what was sent. */
  readonly bytes: number;
  /** From the moment at which the stream was due (not at which it was sent) to its first text. */
  readonly firstTextMs: Float64Array;
  /** From due to the end. */
  readonly totalMs: Float64Array;
  /** From the vendor's write to the text in the hand of the watcher, one per event. */
  readonly delayMs: Float64Array;
  /** How late the generator itself sent: the resolution of all of the above. */
  readonly lagMs: Float64Array;
  readonly problemCount: number;
  /** The first few. */
  readonly problems: readonly string[];
}

export interface HoldInput {
  readonly target: LoadTarget;
  readonly count: number;
}

export interface HoldReport {
  readonly held: number;
  readonly problems: readonly string[];
}

export interface PlainInput {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly body?: string | undefined;
  readonly slots: number;
  readonly seconds: number;
}

export interface PlainReport {
  readonly completed: number;
  readonly perSecond: number;
  readonly totalMs: Float64Array;
  readonly problems: readonly string[];
}

/** Commands of the load generator. */
export type LoadCommands = {
  readonly run: { readonly input: LoadInput; readonly output: LoadReport };
  /** Opens streams that have begun and do not end; they stay open until `release`. */
  readonly hold: { readonly input: HoldInput; readonly output: HoldReport };
  /** Lets go of every held stream, as a person would: hang up at a vendor, stop the run at our server. */
  readonly release: { readonly input: undefined; readonly output: HoldReport };
  readonly plain: { readonly input: PlainInput; readonly output: PlainReport };
  /** Closes idle connections. */
  readonly rest: { readonly input: undefined; readonly output: undefined };
};
