/** How the vendor writes an answer. */
export interface Pace {
  readonly firstMs: number;
  readonly gapMs: number;
  /** Events of one answer before it stands still for ever; absent = it goes on to its end. */
  readonly holdAfter?: number | undefined;
}

/** Counted since the start of the process; every started answer becomes completed or cancelled. */
export interface VendorCounters {
  readonly started: number;
  readonly completed: number;
  readonly cancelled: number;
  readonly open: number;
  /** Bytes of the bodies of completed answers. */
  readonly bytes: number;
  readonly events: number;
}

/** Commands of the mock vendor. */
export type VendorCommands = {
  readonly listen: { readonly input: undefined; readonly output: string };
  readonly pace: { readonly input: Pace; readonly output: undefined };
  readonly counters: { readonly input: undefined; readonly output: VendorCounters };
};
