import { stripVTControlCharacters } from 'node:util';

const segmenter = new Intl.Segmenter();
/** East Asian full width, and pictures that terminals draw over two cells. */
const wide =
  /\p{Emoji_Presentation}|\uFE0F|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;
const invisible = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;

/** Cells that a text takes in a terminal. */
export function textWidth(text: string): number {
  let width = 0;
  for (const { segment } of segmenter.segment(stripVTControlCharacters(text))) {
    if (!invisible.test(segment)) width += wide.test(segment) ? 2 : 1;
  }
  return width;
}

export type Alignment = 'left' | 'right' | 'centre';

export function padTo(text: string, width: number, alignment: Alignment = 'left'): string {
  const gap = Math.max(0, width - textWidth(text));
  const before = alignment === 'right' ? gap : alignment === 'centre' ? Math.floor(gap / 2) : 0;
  return ' '.repeat(before) + text + ' '.repeat(gap - before);
}
