import { createStorageArea, type StorageArea } from '../state/storage-area.ts';

const key = 'mmc.return';

/** Where the settings lead back to: the chat that was open last in this tab. Survives a reload. */
export class ReturnPlace {
  readonly #area: StorageArea;

  constructor(area: StorageArea) {
    this.#area = area;
  }

  get path(): string {
    const stored = this.#area.read(key);
    return typeof stored === 'string' && /^\/(?!\/)/.test(stored) ? stored : '/';
  }

  visited(path: string): void {
    if (!isSettingsPath(path)) this.#area.write(key, path);
  }
}

export const returnPlace = new ReturnPlace(createStorageArea(() => window.sessionStorage));

export function isSettingsPath(path: string): boolean {
  return path === '/settings' || path.startsWith('/settings/');
}
