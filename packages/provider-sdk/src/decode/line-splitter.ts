import { faultTexts } from '../errors/fault-texts.ts';
import { createProviderError } from '../errors/provider-error.ts';
import { Utf8Stream } from './utf8-stream.ts';

export interface FrameLimits {
  /** Slug of the configured provider; named in errors. */
  readonly providerId: string;
  /** Longest line or event, in UTF-16 units; a longer one is `protocol`. Default 4 Mi. */
  readonly maxLength?: number | undefined;
}

const defaultMaxLength = 4 * 1024 * 1024;

/** Throws `protocol` when a frame has grown past its bound. */
export function assertLength(length: number, { providerId, maxLength = defaultMaxLength }: FrameLimits): void {
  if (length <= maxLength) return;
  throw createProviderError('protocol', faultTexts.pieceTooLong(maxLength), {
    providerId,
    details: { maxLength },
  });
}

/** Lines out of bytes. Only new text is searched, so a long line in many pieces costs linear time. */
export class LineSplitter {
  readonly #limits: FrameLimits;
  readonly #endsAtCarriageReturn: boolean;
  readonly #text = new Utf8Stream();
  #pending = '';
  #wasCarriageReturn = false;

  constructor(limits: FrameLimits, lineEnd: 'lf' | 'any') {
    this.#limits = limits;
    this.#endsAtCarriageReturn = lineEnd === 'any';
  }

  push(bytes: Uint8Array): readonly string[] {
    return this.#split(this.#text.push(bytes));
  }

  /** Lines that the last bytes complete, and the text after the last line end. */
  end(): { readonly lines: readonly string[]; readonly rest: string } {
    const lines = this.#split(this.#text.end());
    const rest = this.#pending;
    this.#pending = '';
    return { lines, rest };
  }

  #split(received: string): readonly string[] {
    const text = this.#withoutLineFeedAfterReturn(received);
    const lines: string[] = [];
    const hasReturns = this.#endsAtCarriageReturn && text.includes('\r');
    let start = 0;
    for (let end = lineEnd(text, 0, hasReturns); end !== -1; end = lineEnd(text, start, hasReturns)) {
      assertLength(this.#pending.length + end - start, this.#limits);
      lines.push(this.#pending + text.slice(start, end));
      this.#pending = '';
      start = end + this.#lineEndLength(text, end);
    }
    this.#pending += start === 0 ? text : text.slice(start);
    assertLength(this.#pending.length, this.#limits);
    return lines;
  }

  #lineEndLength(text: string, at: number): number {
    if (text[at] !== '\r') return 1;
    this.#wasCarriageReturn = at + 1 === text.length;
    return text[at + 1] === '\n' ? 2 : 1;
  }

  #withoutLineFeedAfterReturn(text: string): string {
    if (!this.#wasCarriageReturn || text === '') return text;
    this.#wasCarriageReturn = false;
    return text.startsWith('\n') ? text.slice(1) : text;
  }
}

function lineEnd(text: string, from: number, hasReturns: boolean): number {
  const feed = text.indexOf('\n', from);
  if (!hasReturns) return feed;
  const carriage = text.indexOf('\r', from);
  if (carriage === -1 || feed === -1) return Math.max(carriage, feed);
  return Math.min(carriage, feed);
}
