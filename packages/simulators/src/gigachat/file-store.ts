import { randomUUID } from 'node:crypto';
import type { GigaChatAccount } from './accounts.ts';

export type FileKind = 'text' | 'image' | 'audio' | 'model';

export interface StoredFile {
  readonly id: string;
  readonly owner: GigaChatAccount;
  /** Whoever made it under a name must give the same name to read it. */
  readonly clientId: string | undefined;
  readonly name: string;
  readonly mime: string;
  readonly kind: FileKind;
  readonly bytes: Uint8Array;
  readonly createdAt: number;
}

export class FileStore {
  readonly #files = new Map<string, StoredFile>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  get all(): readonly StoredFile[] {
    return [...this.#files.values()];
  }

  add(file: Omit<StoredFile, 'id' | 'createdAt'>): StoredFile {
    const stored: StoredFile = { ...file, id: randomUUID(), createdAt: this.#now() };
    this.#files.set(stored.id, stored);
    return stored;
  }

  find(id: string, owner: GigaChatAccount): StoredFile | undefined {
    const file = this.#files.get(id);
    return file?.owner === owner ? file : undefined;
  }

  remove(id: string): void {
    this.#files.delete(id);
  }
}
