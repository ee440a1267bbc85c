/** JSON values that survive a reload. Private windows and full disks make every access fail: then nothing is kept, and nothing breaks. */
export interface StorageArea {
  read(key: string): unknown;
  /** False when the browser would not take it. */
  write(key: string, value: unknown): boolean;
  remove(key: string): void;
  /** All keys that begin like this. */
  keys(prefix: string): readonly string[];
}

type RawStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

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
    write: (key, value) =>
      attempt((storage) => {
        storage.setItem(key, JSON.stringify(value));
        return true;
      }) ?? false,
    remove: (key) => attempt((storage) => storage.removeItem(key)),
    keys: (prefix) =>
      attempt((storage) =>
        Array.from({ length: storage.length }, (_, index) => storage.key(index)).filter(
          (key): key is string => key?.startsWith(prefix) ?? false,
        ),
      ) ?? [],
  };
}
