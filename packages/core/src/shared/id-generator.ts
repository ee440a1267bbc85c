export interface IdGeneratorDeps {
  now(): number;
  /** Fills the array with random bytes. */
  randomBytes(target: Uint8Array<ArrayBuffer>): Uint8Array;
}

const hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const randomPerId = 8;
/** Asking for random bytes costs more than using them. */
const idsPerRefill = 64;

/**
 * UUIDv7 (RFC 9562) that also grow within one millisecond and when the clock steps back: lists are ordered by id,
 * and a question must sort before its answer.
 */
export function createIdGenerator({ now, randomBytes }: IdGeneratorDeps): () => string {
  const pool = new Uint8Array(randomPerId * idsPerRefill);
  let used = pool.length;
  let lastMs = 0;
  let counter = 0;
  const randomTail = (): string => {
    if (used === pool.length) {
      randomBytes(pool);
      used = 0;
    }
    const variant = ((pool[used] ?? 0) & 0x3f) | 0x80;
    let tail = hexOf[variant] ?? '';
    for (let index = 1; index < randomPerId; index += 1) tail += hexOf[pool[used + index] ?? 0];
    used += randomPerId;
    return tail;
  };
  return () => {
    const time = now();
    if (time > lastMs) {
      lastMs = time;
      counter = 0;
    } else if (++counter > 0xfff) {
      lastMs += 1;
      counter = 0;
    }
    const time48 = lastMs.toString(16).padStart(12, '0');
    const tail = randomTail();
    return `${time48.slice(0, 8)}-${time48.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${tail.slice(0, 4)}-${tail.slice(4)}`;
  };
}
