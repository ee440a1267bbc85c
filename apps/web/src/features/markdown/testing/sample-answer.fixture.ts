import { readFileSync } from 'node:fs';

/** Pieces of a realistic answer, each a few whole blocks. */
export const sampleParts: readonly string[] = readFileSync(new URL('./sample-answer.md', import.meta.url), 'utf8').split('%%%\n');

/** A realistic answer of about `length` characters. */
export function sampleAnswer(length: number): string {
  let text = '';
  for (let at = 0; text.length < length; at += 1) text += sampleParts[(at * 5 + Math.floor(at / sampleParts.length)) % sampleParts.length];
  return text;
}
