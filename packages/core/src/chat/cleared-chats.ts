import type { Clock } from '../shared/clock.ts';
import type { ChatId } from '../shared/ids.ts';
import type { Logger } from '../shared/logger.ts';
import type { Storage } from '../shared/storage.ts';
import type { ChatService } from './chat-service.ts';

export interface ClearedChatsDeps {
  readonly storage: Storage;
  readonly chats: Pick<ChatService, 'clear'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Much longer than any page offers to undo: one that was asleep or offline comes back to its offer. */
export const undoMs = 10 * 60_000;
/** The start has better things to do. */
const firstSweepMs = 30_000;
const sweepEveryMs = 5 * 60_000;
const sweptAtOnce = 1_000;

/**
 * A chat that is cleared only hides its messages, so that it can be undone; the page removes them when its offer is over. Those of a page
 * that was closed before are removed here. When they were hidden is stored nowhere: it counts from the sweep that saw them first, and anew
 * after a start.
 */
export class ClearedChats implements Disposable {
  readonly #deps: ClearedChatsDeps;
  readonly #seenAt = new Map<ChatId, number>();
  #isOver = false;
  #cancel: () => void;

  constructor(deps: ClearedChatsDeps) {
    this.#deps = deps;
    this.#cancel = deps.clock.schedule(firstSweepMs, () => void this.#sweepAgain());
  }

  async sweep(): Promise<void> {
    const { storage, chats, clock } = this.#deps;
    const hidden = await storage.read.chats.listHidden(sweptAtOnce);
    const ids = new Set(hidden.map(({ id }) => id));
    for (const id of this.#seenAt.keys()) if (!ids.has(id)) this.#seenAt.delete(id);
    const now = clock.monotonic();
    for (const { id, ownerId } of hidden) {
      const seenAt = this.#seenAt.get(id);
      if (seenAt === undefined) this.#seenAt.set(id, now);
      else if (now - seenAt >= undoMs) {
        // The owner's own wish: whoever has undone it in this moment keeps the messages.
        await chats.clear({ kind: 'system', userId: ownerId, role: 'member' }, id, { onlyHidden: true });
        this.#seenAt.delete(id);
      }
    }
  }

  async #sweepAgain(): Promise<void> {
    const { clock, logger } = this.#deps;
    try {
      await this.sweep();
    } catch (error) {
      logger.warn({ err: error }, 'messages of cleared chats could not be removed; tried again later');
    }
    if (!this.#isOver) this.#cancel = clock.schedule(sweepEveryMs, () => void this.#sweepAgain());
  }

  [Symbol.dispose](): void {
    this.#isOver = true;
    this.#cancel();
  }
}
