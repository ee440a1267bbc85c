/** What the vendor said with a function call and likes to hear again with its result. */
export interface CallNotes {
  readonly stateId?: string | undefined;
  /** The vendor's own id; only the second version has one. */
  readonly wireId?: string | undefined;
}

const most = 2000;

/** By our own id of the call. Bounded and lost at a restart: to say it again only helps, it is not asked for. */
export class CallMemory {
  readonly #notes = new Map<string, CallNotes>();

  remember(callId: string, notes: CallNotes): void {
    this.#notes.set(callId, notes);
    const [oldest] = this.#notes.keys();
    if (this.#notes.size > most && oldest !== undefined) this.#notes.delete(oldest);
  }

  find(callId: string): CallNotes {
    return this.#notes.get(callId) ?? {};
  }
}
