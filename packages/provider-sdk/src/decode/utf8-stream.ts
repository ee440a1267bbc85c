/**
 * UTF-8 in any split of bytes, equal to decoding the whole at once. Faster than a streaming `TextDecoder`: a chunk that ends with a
 * whole character, as nearly all do, is decoded in one native call. A byte order mark at the start is dropped.
 */
export class Utf8Stream {
  /** The beginning of a character whose rest has not come: 3 bytes at most. */
  #tail: Buffer | undefined;
  #isAtStart = true;

  push(bytes: Uint8Array): string {
    const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const all = this.#tail ? Buffer.concat([this.#tail, view]) : view;
    const end = all.length - incompleteBytes(all);
    this.#tail = end === all.length ? undefined : Buffer.from(all.subarray(end));
    return this.#withoutMark(all.toString('utf8', 0, end));
  }

  /** What a character that never came to its end decodes to; often empty. */
  end(): string {
    const rest = this.#tail?.toString('utf8') ?? '';
    this.#tail = undefined;
    return this.#withoutMark(rest);
  }

  #withoutMark(text: string): string {
    if (!this.#isAtStart || text === '') return text;
    this.#isAtStart = false;
    return text.startsWith('\uFEFF') ? text.slice(1) : text;
  }
}

function incompleteBytes(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return sequenceLength(byte) > back ? back : 0;
  }
  return 0;
}

function sequenceLength(lead: number): number {
  if (lead >= 0xf0) return 4;
  return lead >= 0xe0 ? 3 : 2;
}
