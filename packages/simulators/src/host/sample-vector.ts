import { createHash } from 'node:crypto';

/** Of length one, always the same for the same text. */
export function sampleVector(text: string, size: number): readonly number[] {
  const raw: number[] = [];
  for (let block = 0; raw.length < size; block += 1) {
    for (const byte of createHash('sha256')
      .update(`${String(block)}:${text}`)
      .digest())
      raw.push(byte - 127.5);
  }
  const vector = raw.slice(0, size);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
