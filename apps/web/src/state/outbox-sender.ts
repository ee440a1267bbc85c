import { ApiError, NetworkError } from '@multimodel/client';
import { LostFileError } from './message-files.ts';
import type { Outbox, OutboxEntry, Refusal } from './outbox.ts';

export interface OutboxSenderDeps {
  readonly outbox: Outbox;
  readonly isAway: () => boolean;
  /** False: an answer is being written in its chat and has to end first. */
  readonly deliver: (entry: OutboxEntry) => Promise<boolean>;
  /** One tab at a time. */
  readonly withLock: (work: () => Promise<void>) => Promise<void>;
  readonly schedule: (callback: () => void, delayMs: number) => () => void;
}

const retryMs = [2_000, 4_000, 8_000, 15_000] as const;

/** Brings waiting messages to the server: per chat in order, by one tab at a time, until nothing can go on. */
export class OutboxSender {
  readonly #deps: OutboxSenderDeps;
  #isWanted = false;
  #isRunning = false;
  #failures = 0;
  #cancelRetry: (() => void) | undefined;

  constructor(deps: OutboxSenderDeps) {
    this.#deps = deps;
  }

  /** Call it whenever something may be able to go on now. */
  flush(): void {
    const { outbox, isAway, withLock } = this.#deps;
    if (isAway() || !outbox.store.getState().entries.some(({ refusal }) => !refusal)) return;
    this.#isWanted = true;
    if (this.#isRunning) return;
    this.#isRunning = true;
    void withLock(() => this.#sendAll()).finally(() => {
      this.#isRunning = false;
      if (this.#isWanted) this.flush();
    });
  }

  /** What the server refused is tried again, because a person asks for it. */
  retry(key: string): void {
    this.#deps.outbox.change(key, { refusal: undefined });
    this.flush();
  }

  async #sendAll(): Promise<void> {
    const { outbox, isAway } = this.#deps;
    this.#isWanted = false;
    outbox.reread();
    // Only the owner of the lock sends: such a mark is of a tab that is gone.
    for (const { key, isSending } of outbox.store.getState().entries) if (isSending) outbox.change(key, { isSending: undefined });
    const stuck = new Set<string>();
    for (let entry = this.#next(stuck); entry && !isAway(); entry = this.#next(stuck)) {
      if (!(await this.#send(entry))) stuck.add(entry.chatId);
    }
  }

  /** The oldest message of a chat goes first; one that was refused holds up those after it. */
  #next(stuck: ReadonlySet<string>): OutboxEntry | undefined {
    const heads = new Map<string, OutboxEntry>();
    for (const entry of this.#deps.outbox.store.getState().entries) if (!heads.has(entry.chatId)) heads.set(entry.chatId, entry);
    return [...heads.values()].find(({ chatId, refusal }) => !refusal && !stuck.has(chatId));
  }

  /** True when it arrived. */
  async #send(entry: OutboxEntry): Promise<boolean> {
    const { outbox, deliver } = this.#deps;
    outbox.change(entry.key, { isSending: true });
    try {
      const hasArrived = await deliver(entry);
      if (hasArrived) this.#failures = 0;
      else this.#holdBack(entry.key);
      return hasArrived;
    } catch (error) {
      this.#failed(entry, error);
      return false;
    }
  }

  #failed({ key }: OutboxEntry, error: unknown): void {
    const { outbox } = this.#deps;
    if (isAwayError(error)) this.#holdBack(key);
    else if (isPassing(error)) this.#holdBack(key, error.retryAfterMs);
    else outbox.change(key, { isSending: undefined, refusal: refusalOf(error) });
  }

  /** Its time comes with `flush`, or by the clock. */
  #holdBack(key: string, askedMs = 0): void {
    this.#deps.outbox.change(key, { isSending: undefined });
    const delayMs = Math.max(askedMs, retryMs[Math.min(this.#failures, retryMs.length - 1)] ?? 0);
    this.#failures += 1;
    this.#cancelRetry?.();
    this.#cancelRetry = this.#deps.schedule(() => this.flush(), delayMs);
  }
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof LostFileError) return { code: 'not_found', detail: error.message, lostFile: error.fileName };
  if (!(error instanceof ApiError)) return { code: 'internal', detail: '' };
  return { code: error.code, detail: error.problem?.detail ?? '', requestId: error.requestId };
}

/** Nobody answered, or something on the way did in the server's place. */
export function isAwayError(error: unknown): boolean {
  if (error instanceof NetworkError) return true;
  return error instanceof ApiError && (error.code === 'shutting_down' || (error.problem === undefined && isGatewayStatus(error.status)));
}

export const isGatewayStatus = (status: number): boolean => status === 502 || status === 503 || status === 504;

/** It may be taken later as it is. A conflict ends with the answer that stands in the way. */
function isPassing(error: unknown): error is ApiError {
  return error instanceof ApiError && (error.isRetryable || error.code === 'conflict');
}
