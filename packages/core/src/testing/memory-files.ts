import { attachmentTexts } from '../attachment/attachment-texts.ts';
import type { FileStore } from '../attachment/file-store.ts';
import { AppError } from '../errors/app-error.ts';

/** Contents in memory, under names that stand for hashes: equal bytes have equal ones. */
export interface MemoryFiles extends FileStore {
  /** What is kept. */
  readonly contents: ReadonlyMap<string, Uint8Array>;
  /** What was received and neither kept nor discarded. */
  readonly unfinished: number;
  /** Every commit from now on fails so; `undefined` heals. */
  failCommits(error: Error | undefined): void;
}

export function createMemoryFiles(): MemoryFiles {
  const contents = new Map<string, Uint8Array>();
  const names = new Map<string, string>();
  let unfinished = 0;
  let fault: Error | undefined;
  const nameOf = (bytes: Uint8Array): string => {
    const key = Array.from(bytes, (byte) => byte.toString(16)).join(' ');
    const name = names.get(key) ?? (names.size + 1).toString(16).padStart(64, '0');
    names.set(key, name);
    return name;
  };
  const read = (sha256: string): Uint8Array => {
    const bytes = contents.get(sha256);
    if (!bytes) throw new AppError('not_found', attachmentTexts.contentLost);
    return bytes;
  };
  return {
    contents,
    get unfinished() {
      return unfinished;
    },
    failCommits: (error) => {
      fault = error;
    },
    stage: async (content, { maxBytes }) => {
      const pieces: number[] = [];
      for await (const piece of content) pieces.push(...piece);
      if (pieces.length > maxBytes)
        throw new AppError('payload_too_large', attachmentTexts.tooLarge(maxBytes), { details: { limit: maxBytes } });
      const bytes = Uint8Array.from(pieces);
      const sha256 = nameOf(bytes);
      unfinished += 1;
      return {
        sha256,
        size: bytes.length,
        head: bytes,
        commit: async () => {
          if (fault) throw fault;
          contents.set(sha256, bytes);
        },
        [Symbol.asyncDispose]: async () => {
          unfinished -= 1;
        },
      };
    },
    open: async (sha256) => {
      const bytes = read(sha256);
      return (async function* () {
        yield bytes;
      })();
    },
    read: async (sha256) => read(sha256),
    delete: async (sha256) => void contents.delete(sha256),
    list: async function* () {
      yield* Array.from(contents.keys());
    },
  };
}
