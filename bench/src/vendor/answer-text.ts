import { crc32 } from 'node:zlib';

/** Events of one answer: 30 that grow the text and a last one that ends it. */
export const eventsPerAnswer = 31;

/** Stands before the microseconds at which the vendor wrote the piece. */
export const stampSign = '⏱';
export const stampDigits = 13;
/** Stands before the checksum of all text before it. */
const sealSign = '✓';
const sealDigits = 8;

const words = [
  'одну',
  'минуту',
  'отвечаю',
  'по',
  'порядку',
  'модель',
  'считает',
  '🙂',
  'ответ',
  'приходит',
  'частями',
  'ёлка',
  'и',
  'данные',
  'streaming',
];

/** Two- and four-byte characters, no character that JSON escapes: the vendor can put it into its frames as it is. */
export function answerPiece(index: number, nowUs: number): string {
  const first = words[index % words.length] ?? '';
  const second = words[(index * 7 + 3) % words.length] ?? '';
  const third = words[(index * 11 + 5) % words.length] ?? '';
  return `${stampSign}${String(nowUs).padStart(stampDigits, '0')} ${first} ${second} ${third} `;
}

/** The end of an answer: whoever has the whole text can tell that it is whole. */
export function sealOf(text: string): string {
  return `${sealSign}${crc32(text).toString(16).padStart(sealDigits, '0')}`;
}

export function isSealed(text: string): boolean {
  const at = text.length - sealDigits - sealSign.length;
  return at >= 0 && text.endsWith(sealOf(text.slice(0, at)));
}

/** Microseconds of the stamp that begins at `at`; NaN when it is not whole yet. */
export function stampAt(text: string, at: number): number {
  const end = at + stampSign.length + stampDigits;
  return end > text.length ? Number.NaN : Number(text.slice(at + stampSign.length, end));
}
