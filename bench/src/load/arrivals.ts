/** A small seeded generator (mulberry32): the same arrivals for every subject. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Milliseconds from the start at which streams are due: a Poisson process. */
export function poissonArrivals(ratePerSecond: number, seconds: number, seed: number): number[] {
  const random = seededRandom(seed);
  const dues: number[] = [];
  let at = 0;
  for (;;) {
    at += (-Math.log(1 - random()) / ratePerSecond) * 1000;
    if (at >= seconds * 1000) return dues;
    dues.push(at);
  }
}
