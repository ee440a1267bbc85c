import type { StorageArea } from './storage-area.ts';

/** A chat that shows nothing and whose messages still wait to be removed. */
export interface PendingClear {
  readonly chatId: string;
  /** What it showed: named again, it shows it again. */
  readonly leafId: string;
}

interface Stored {
  readonly leafId: string;
  readonly until: number;
}

const prefix = 'mmc.clear.';
/** Long enough for a reload, or for a tab that was closed by mistake. */
const keptMs = 60_000;

/** Remembers cleared chats over a reload, so that clearing can still be taken back, and is finished if the page had no time to. */
export class PendingClears {
  readonly #area: StorageArea;
  readonly #now: () => number;

  constructor(deps: { readonly area: StorageArea; readonly now: () => number }) {
    this.#area = deps.area;
    this.#now = deps.now;
  }

  add({ chatId, leafId }: PendingClear): void {
    this.#area.write(prefix + chatId, { leafId, until: this.#now() + keptMs });
  }

  remove({ chatId }: PendingClear): void {
    this.#area.remove(prefix + chatId);
  }

  /** What earlier pages have left; `isLate` when it is too late to offer it back. */
  list(): readonly (PendingClear & { readonly isLate: boolean })[] {
    return this.#area.keys(prefix).flatMap((key) => {
      const stored = this.#area.read(key);
      if (!isStored(stored)) return [];
      return [{ chatId: key.slice(prefix.length), leafId: stored.leafId, isLate: stored.until <= this.#now() }];
    });
  }
}

function isStored(value: unknown): value is Stored {
  return typeof value === 'object' && value !== null && 'leafId' in value && typeof value.leafId === 'string' && 'until' in value;
}
