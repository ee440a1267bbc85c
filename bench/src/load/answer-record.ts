import { monotonicUs } from '../process/monotonic.ts';
import { isSealed, stampAt, stampSign } from '../vendor/answer-text.ts';

/** What one stream brought: times, and whether it is the answer that the vendor gave, whole and once. */
export class AnswerRecord {
  readonly delaysMs: number[] = [];
  readonly problems: string[] = [];
  readonly #onFirstText: (() => void) | undefined;
  firstTextUs: number | undefined;
  bytes = 0;
  #text = '';
  #scanned = 0;
  #ends = 0;

  constructor(onFirstText?: () => void) {
    this.#onFirstText = onFirstText;
  }

  get text(): string {
    return this.#text;
  }

  /** Text that goes on after what there is. */
  append(text: string): void {
    this.#text += text;
    this.#look();
  }

  /** Takes back what came after `from`: the vendor thought again, or a snapshot begins anew. */
  replace(from: number, text: string): void {
    this.#text = this.#text.slice(0, from) + text;
    this.#scanned = Math.min(this.#scanned, from);
    this.#look();
  }

  /** The whole text, whose stamps were read before. */
  setText(text: string): void {
    this.#text = text;
    this.#scanned = text.length;
  }

  /** A stamp that was read elsewhere. */
  noteStamp(writtenUs: number, nowUs: number): void {
    if (this.firstTextUs === undefined) {
      this.firstTextUs = nowUs;
      this.#onFirstText?.();
    }
    this.delaysMs.push((nowUs - writtenUs) / 1000);
  }

  end(): void {
    this.#ends += 1;
  }

  problem(text: string): void {
    this.problems.push(text);
  }

  /** Call when the stream is closed: exactly one end, and the text that the vendor sealed. */
  judge(expectedStamps: number): void {
    if (this.#ends !== 1) this.problem(`${this.#ends} ends instead of one`);
    if (!isSealed(this.#text))
      this.problem(
        `text differs from what the vendor wrote (${this.#text.length} characters, ends in ${JSON.stringify(this.#text.slice(-20))})`,
      );
    if (this.delaysMs.length !== expectedStamps) this.problem(`${this.delaysMs.length} events instead of ${expectedStamps}`);
  }

  #look(): void {
    const nowUs = monotonicUs();
    for (;;) {
      const at = this.#text.indexOf(stampSign, this.#scanned);
      if (at === -1) return;
      const writtenUs = stampAt(this.#text, at);
      if (Number.isNaN(writtenUs)) return;
      this.#scanned = at + 1;
      this.noteStamp(writtenUs, nowUs);
    }
  }
}
