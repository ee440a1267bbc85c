/** JSON values that survive a reload. Private windows and full disks make every access fail: then nothing is kept, and nothing breaks. */
export interface StorageArea {
  read(key: string): unknown;
  write(key: string, value: unknown): void;
  remove(key: string): void;
}

type RawStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export function createStorageArea(open: () => RawStorage): StorageArea {
  const attempt = <Result>(act: (storage: RawStorage) => Result): Result | undefined => {
    try {
      return act(open());
    } catch {
      return undefined;
    }
  };
  return {
    read: (key) => attempt((storage): unknown => JSON.parse(storage.getItem(key) ?? 'null')) ?? undefined,
    write: (key, value) => attempt((storage) => storage.setItem(key, JSON.stringify(value))),
    remove: (key) => attempt((storage) => storage.removeItem(key)),
  };
}
