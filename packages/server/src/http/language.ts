import { type Language, languages } from '@multimodel/core';
import type { FastifyRequest } from 'fastify';

/** What programs and logs read, and whoever asks for a language that nobody wrote. */
const fallback: Language = 'en';

interface Wish {
  readonly language: string;
  readonly weight: number;
}

/** The language of the texts in an answer, by `Accept-Language` (RFC 9110, 12.5.4). */
export function languageOf(header: string | undefined): Language {
  const wishes = (header ?? '').slice(0, longestHeader).split(',').map(toWish);
  const wanted = wishes.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight);
  for (const { language } of wanted) {
    const found = languages.find((known) => known === language);
    if (found) return found;
    if (language === '*') return fallback;
  }
  return fallback;
}

/** Of the person or program that sent a request. */
export const readerOf = ({ headers }: Pick<FastifyRequest, 'headers'>): Language => languageOf(headers['accept-language']);

/** Nobody speaks so many. */
const longestHeader = 500;

function toWish(part: string): Wish {
  const [range = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  const weight = quality === undefined ? 1 : Number(quality);
  return { language: range.split('-', 1)[0] ?? '', weight: Number.isNaN(weight) ? 0 : weight };
}
