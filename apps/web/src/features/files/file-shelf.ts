import type { FileShelf } from '../../state/message-files.ts';

const database = 'mmc.files';
const store = 'contents';

/** IndexedDB: it takes what no other storage of a browser holds. */
export const shelf: FileShelf = {
  // As bytes: some browsers lose a file that is stored as such when the original is changed.
  put: async (key, content) => {
    const value = { type: content.type, bytes: await content.arrayBuffer() };
    await within('readwrite', (contents) => contents.put(value, key));
  },
  get: async (key) => {
    const value: unknown = await within('readonly', (contents) => contents.get(key));
    return isStored(value) ? new Blob([value.bytes], { type: value.type }) : undefined;
  },
  delete: async (key) => {
    await within('readwrite', (contents) => contents.delete(key));
  },
};

function isStored(value: unknown): value is { type: string; bytes: ArrayBuffer } {
  return typeof value === 'object' && value !== null && 'bytes' in value && value.bytes instanceof ArrayBuffer && 'type' in value;
}

async function within<Result>(mode: IDBTransactionMode, act: (contents: IDBObjectStore) => IDBRequest<Result>): Promise<Result> {
  const opened = await open();
  try {
    const transaction = opened.transaction(store, mode);
    const request = act(transaction.objectStore(store));
    return await new Promise((resolve, reject) => {
      // Only then it is on the disk: a quota may be exceeded after the request has succeeded.
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error ?? new Error('The browser keeps no files'));
      transaction.onerror = () => reject(transaction.error ?? new Error('The browser keeps no files'));
    });
  } finally {
    opened.close();
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = window.indexedDB.open(database, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(store);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The browser keeps no files'));
    request.onblocked = () => reject(new Error('The browser keeps no files'));
  });
}
