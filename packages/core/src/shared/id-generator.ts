export interface IdGeneratorDeps {
  now(): number;
  /** Fills the array with random bytes. */
  randomBytes(target: Uint8Array<ArrayBuffer>): Uint8Array;
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/**
 * UUIDv7 (RFC 9562) that also grow within one millisecond and when the clock steps back: lists are ordered by id,
 * and a question must sort before its answer.
 */
export function createIdGenerator({ now, randomBytes }: IdGeneratorDeps): () => string {
  let lastMs = 0;
  let counter = 0;
  return () => {
    const time = now();
    if (time > lastMs) {
      lastMs = time;
      counter = 0;
    } else if (++counter > 0xfff) {
      lastMs += 1;
      counter = 0;
    }
    const random = randomBytes(new Uint8Array(8));
    random[0] = ((random[0] ?? 0) & 0x3f) | 0x80;
    const time48 = lastMs.toString(16).padStart(12, '0');
    const tail = hex(random);
    return `${time48.slice(0, 8)}-${time48.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${tail.slice(0, 4)}-${tail.slice(4)}`;
  };
}
