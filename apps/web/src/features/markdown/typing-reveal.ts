import { growsFrom } from './grows-from.ts';

/** Never further behind the network than this. */
const maxBehindMs = 300;
const minSpreadMs = 120;
/** More than this at the end is shown at once: nobody wants to watch it being typed. */
const dumpCharacters = 2_000;
const graphemeWindow = 64;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * How much of a growing text to show. What arrives in jerks is spread over the time until the next piece is due,
 * so that it flows, and never over more than 300 ms.
 */
export class TypingReveal {
  #text = '';
  #shown = 0;
  #perMs = 0;
  #debt = 0;
  #arrivedAt: number | undefined;
  #framedAt = 0;
  #spreadMs = minSpreadMs;

  get shown(): string {
    return this.#text.slice(0, this.#shown);
  }

  get isBehind(): boolean {
    return this.#shown < this.#text.length;
  }

  arrive(text: string, nowMs: number): void {
    if (!growsFrom(text, this.shown)) return this.showAll(text);
    this.#wake(nowMs);
    this.#text = text;
    if (this.#arrivedAt !== undefined) {
      const pauseMs = Math.min(nowMs - this.#arrivedAt, maxBehindMs);
      this.#spreadMs = Math.max(minSpreadMs, this.#spreadMs * 0.7 + pauseMs * 0.3);
    }
    this.#arrivedAt = nowMs;
    this.#setPace(Math.min(this.#spreadMs, maxBehindMs));
  }

  /** Nothing more will come: the rest within 300 ms, or at once if it is much. */
  end(text: string, nowMs: number): void {
    if (!text.startsWith(this.shown) || text.length - this.#shown > dumpCharacters) return this.showAll(text);
    this.#wake(nowMs);
    this.#text = text;
    this.#setPace(maxBehindMs);
  }

  showAll(text: string): void {
    this.#text = text;
    this.#shown = text.length;
    this.#debt = 0;
  }

  frame(nowMs: number): string {
    this.#debt += this.#perMs * Math.max(0, nowMs - this.#framedAt);
    this.#framedAt = nowMs;
    const step = Math.floor(this.#debt);
    if (step >= 1) {
      const before = this.#shown;
      this.#shown = wholeGraphemes(this.#text, before, Math.min(this.#text.length, before + step));
      this.#debt = Math.max(0, this.#debt - (this.#shown - before));
    }
    return this.shown;
  }

  /** Time in which there was nothing to show gives no right to hurry. */
  #wake(nowMs: number): void {
    if (this.isBehind) return;
    this.#framedAt = nowMs;
    this.#debt = 0;
  }

  #setPace(spreadMs: number): void {
    this.#perMs = (this.#text.length - this.#shown) / spreadMs;
  }
}

/** The next place at or after `to` that is not inside of what a reader takes for one character. */
function wholeGraphemes(text: string, from: number, to: number): number {
  if (to >= text.length) return text.length;
  const start = Math.max(from, to - graphemeWindow);
  const segment = graphemes.segment(text.slice(start, to + graphemeWindow)).containing(to - start);
  if (!segment || segment.index === to - start) return to;
  return start + segment.index + segment.segment.length;
}
