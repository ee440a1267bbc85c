import type { StorageArea } from '../../state/storage-area.ts';

const key = 'mmc.recent-models';
const maxKept = 3;

/** What was chosen in this browser, the last first. */
export class RecentModels {
  readonly #area: StorageArea;

  constructor(area: StorageArea) {
    this.#area = area;
  }

  ids(): readonly string[] {
    const value = this.#area.read(key);
    return Array.isArray(value) ? value.filter((id) => typeof id === 'string').slice(0, maxKept) : [];
  }

  add(id: string): void {
    this.#area.write(key, [id, ...this.ids().filter((other) => other !== id)].slice(0, maxKept));
  }
}
