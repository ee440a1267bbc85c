/** Content that was received whole and is not kept yet. Disposing of it without a commit leaves nothing behind. */
export interface StagedFile extends AsyncDisposable {
  /** In hex. */
  readonly sha256: string;
  readonly size: number;
  /** The first bytes, enough to know the type by. */
  readonly head: Uint8Array;
  /** Survives a crash from here on. Harmless when the same content is kept already. */
  commit(): Promise<void>;
}

/** Contents by their hash, each once. A folder here; an object store speaks through the same door. */
export interface FileStore {
  /** Throws `payload_too_large` beyond `maxBytes`, and what `content` throws. */
  stage(content: AsyncIterable<Uint8Array>, options: { readonly maxBytes: number }): Promise<StagedFile>;
  /** Throws `not_found`. */
  open(sha256: string): Promise<AsyncIterable<Uint8Array>>;
  /** Whole. Throws `not_found`. */
  read(sha256: string): Promise<Uint8Array>;
  /** Nothing happens to one that is not there. */
  delete(sha256: string): Promise<void>;
  /** Everything that is kept, in no order. */
  list(): AsyncIterable<string>;
}
