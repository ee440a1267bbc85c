import type { StorageArea } from '../../state/storage-area.ts';
import type { Place } from './scroll-anchor.ts';

const key = 'mmc.places';
const maxKept = 50;

/** Where the reader was in each chat of this tab; absent = at its end, where a chat opens anyway. */
export class ReadingPlaces {
  readonly #area: StorageArea;

  constructor(area: StorageArea) {
    this.#area = area;
  }

  of(chatId: string): Place | undefined {
    return this.#read().find(([id]) => id === chatId)?.[1];
  }

  set(chatId: string, place: Place | undefined): void {
    const others = this.#read().filter(([id]) => id !== chatId);
    const all = place ? [...others, [chatId, place] as const] : others;
    this.#area.write(key, all.slice(-maxKept));
  }

  #read(): readonly (readonly [chatId: string, place: Place])[] {
    const value = this.#area.read(key);
    return Array.isArray(value) ? value.filter(isEntry) : [];
  }
}

function isEntry(value: unknown): value is readonly [string, Place] {
  return Array.isArray(value) && typeof value[0] === 'string' && isPlace(value[1]);
}

function isPlace(value: unknown): value is Place {
  if (typeof value !== 'object' || value === null || !('messageId' in value) || !('topPx' in value)) return false;
  const hasBlock = !('block' in value) || (Array.isArray(value.block) && value.block.every(Number.isInteger));
  return typeof value.messageId === 'string' && typeof value.topPx === 'number' && Number.isFinite(value.topPx) && hasBlock;
}
