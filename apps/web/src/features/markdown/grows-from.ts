const windowLength = 512;

/**
 * Whether a text that is being written goes on from what was there. Only the end of that is compared: in a long answer the whole,
 * several times per frame, would be most of the work. Whoever takes a text as finished compares all of it.
 */
export function growsFrom(text: string, before: string): boolean {
  const start = Math.max(0, before.length - windowLength);
  return text.length >= before.length && text.startsWith(before.slice(start), start);
}
