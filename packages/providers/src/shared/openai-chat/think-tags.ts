/** What a piece of text holds, once thoughts are told from it. */
export interface SplitText {
  readonly reasoning: string;
  readonly text: string;
}

const open = '<think>';
const close = '</think>';

/**
 * Takes thoughts out of the text that a server leaves there between `<think>` and `</think>`. Only at the very beginning of an answer:
 * later the tags are something that the answer is about.
 */
export class ThinkTags {
  #state: 'before' | 'thinking' | 'gap' | 'after' = 'before';
  #held = '';

  push(piece: string): SplitText {
    if (this.#state === 'after') return { reasoning: '', text: piece };
    this.#held += piece;
    if (this.#state === 'before') this.#lookForOpening();
    const reasoning = this.#state === 'thinking' ? this.#takeThoughts() : '';
    return { reasoning, text: this.#takeText() };
  }

  /** What was held back for a tag that never came whole. */
  end(): SplitText {
    const held = this.#held;
    this.#held = '';
    return this.#state === 'thinking' ? { reasoning: held, text: '' } : { reasoning: '', text: held };
  }

  #lookForOpening(): void {
    const begun = this.#held.trimStart();
    if (begun.startsWith(open)) {
      this.#state = 'thinking';
      this.#held = begun.slice(open.length);
    } else if (!open.startsWith(begun)) {
      this.#state = 'after';
    }
  }

  #takeThoughts(): string {
    const at = this.#held.indexOf(close);
    if (at < 0) {
      const safe = this.#held.length - beginningOf(close, this.#held);
      const thoughts = this.#held.slice(0, safe);
      this.#held = this.#held.slice(safe);
      return thoughts;
    }
    const thoughts = this.#held.slice(0, at);
    this.#held = this.#held.slice(at + close.length);
    this.#state = 'gap';
    return thoughts;
  }

  /** The empty lines between thoughts and answer belong to neither. */
  #takeText(): string {
    if (this.#state === 'gap') {
      this.#held = this.#held.trimStart();
      if (this.#held !== '') this.#state = 'after';
    }
    if (this.#state !== 'after') return '';
    const text = this.#held;
    this.#held = '';
    return text;
  }
}

/** How many characters at the end of `text` may be the beginning of `tag`. */
function beginningOf(tag: string, text: string): number {
  for (let length = Math.min(tag.length - 1, text.length); length > 0; length -= 1) if (text.endsWith(tag.slice(0, length))) return length;
  return 0;
}
