import { AppError } from '../errors/app-error.ts';
import { faultTexts } from '../errors/fault-texts.ts';

export type QueuePriority = 'interactive' | 'background';

export interface QueueTicket {
  /** Waiting requests of one person are served in turn with those of others. */
  readonly userId: string;
  readonly priority: QueuePriority;
  readonly signal: AbortSignal;
  /** 1 = next to be served. Called at once when the request has to wait, and each time the place changes. */
  onPosition?(position: number): void;
}

interface Waiting extends QueueTicket {
  readonly grant: () => void;
  readonly leave: (reason: unknown) => void;
  position: number;
}

const longestQueue = 1000;
const isFull = (): AppError => new AppError('queue_full', faultTexts.queueFull);

/**
 * At most `limit` requests in flight for one credential. People come before background work, and among people each gets
 * a turn: one person's ten requests do not push another's one to the eleventh place. Background work leaves one slot to people, so where
 * there is only one it is refused with `queue_full`, and whoever wanted it does without.
 */
export class RequestQueue {
  #limit: number;
  #active = 0;
  #activeBackground = 0;
  #waiting: Waiting[] = [];

  constructor(limit: number) {
    this.#limit = Math.max(1, limit);
  }

  /** Requests in flight beyond a smaller limit go on; nobody follows them until there is room. */
  resize(limit: number): void {
    this.#limit = Math.max(1, limit);
    if (!this.#takesBackground) for (const { priority, leave } of this.#waiting) if (priority === 'background') leave(isFull());
    this.#serve();
  }

  get active(): number {
    return this.#active;
  }
  get length(): number {
    return this.#waiting.length;
  }

  /** Resolves with the function that gives the slot back (calling it twice is harmless). Rejects with the signal's reason. */
  async acquire(ticket: QueueTicket): Promise<() => void> {
    ticket.signal.throwIfAborted();
    if (ticket.priority === 'background' && !this.#takesBackground) throw isFull();
    if (!this.#hasSlotFor(ticket.priority) || this.#waiting.some(({ priority }) => priority === ticket.priority)) await this.#wait(ticket);
    else this.#take(ticket.priority);
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#active -= 1;
      if (ticket.priority === 'background') this.#activeBackground -= 1;
      this.#serve();
    };
  }

  get #takesBackground(): boolean {
    return this.#limit > 1;
  }

  #hasSlotFor(priority: QueuePriority): boolean {
    if (this.#active >= this.#limit) return false;
    return priority === 'interactive' || this.#activeBackground < this.#limit - 1;
  }

  #take(priority: QueuePriority): void {
    this.#active += 1;
    if (priority === 'background') this.#activeBackground += 1;
  }

  async #wait(ticket: QueueTicket): Promise<void> {
    // Each kind for itself: a heap of background work must not keep people out.
    if (this.#waiting.filter(({ priority }) => priority === ticket.priority).length >= longestQueue) {
      throw isFull();
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const leave = (reason: unknown): void => {
      this.#waiting = this.#waiting.filter((other) => other !== waiting);
      reject(reason);
      this.#announce();
    };
    const waiting: Waiting = { ...ticket, onPosition: (position) => ticket.onPosition?.(position), grant: resolve, leave, position: 0 };
    const onAbort = (): void => leave(ticket.signal.reason);
    ticket.signal.addEventListener('abort', onAbort, { once: true });
    this.#waiting = inTurn([...this.#waiting, waiting]);
    this.#announce();
    await promise.finally(() => ticket.signal.removeEventListener('abort', onAbort));
  }

  #serve(): void {
    const next = this.#waiting.find(({ priority }) => this.#hasSlotFor(priority));
    if (!next) return;
    this.#waiting = this.#waiting.filter((other) => other !== next);
    this.#take(next.priority);
    next.grant();
    this.#announce();
    this.#serve();
  }

  #announce(): void {
    const line = this.#waiting;
    for (const [index, waiting] of line.entries()) {
      // A listener left or let somebody in: the line of now has been told.
      if (line !== this.#waiting) return;
      if (waiting.position !== index + 1) tell(waiting, index + 1);
    }
  }
}

/** One whose listener fails leaves the line; the others must not suffer from it. */
function tell(waiting: Waiting, position: number): void {
  waiting.position = position;
  try {
    waiting.onPosition?.(position);
  } catch (error) {
    waiting.leave(error);
  }
}

/** Round-robin over persons, each person's requests in the order they came; background work after all of it. */
function inTurn(waiting: readonly Waiting[]): Waiting[] {
  const rounds = new Map<string, number>();
  const ranked = waiting.map((entry, index) => {
    const key = `${entry.priority} ${entry.userId}`;
    const round = rounds.get(key) ?? 0;
    rounds.set(key, round + 1);
    return { entry, index, round, tier: entry.priority === 'interactive' ? 0 : 1 };
  });
  ranked.sort((a, b) => a.tier - b.tier || a.round - b.round || a.index - b.index);
  return ranked.map(({ entry }) => entry);
}
