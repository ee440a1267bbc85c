import { MarkdownDocument, type MarkdownGroup } from './markdown-document.ts';
import { TypingReveal } from './typing-reveal.ts';

export interface AnswerViewDeps {
  readonly requestFrame: (callback: () => void) => () => void;
  readonly now: () => number;
  /** Draws at once what a change asks for, so that its cost can be measured. */
  readonly commit: (change: () => void) => void;
  /** Nobody watches, or nobody wants it to move. */
  readonly isStill: () => boolean;
}

/** A frame may take this part of the time, the rest belongs to the reader's scrolling and typing. */
const restFactor = 3;

/** What is shown of one answer: the text as far as it is typed out, as blocks. Changes at most once per frame. */
export class AnswerView {
  readonly #deps: AnswerViewDeps;
  readonly #document: MarkdownDocument;
  readonly #reveal = new TypingReveal();
  readonly #listeners = new Set<() => void>();
  #text: string;
  #isLive: boolean;
  #cancelFrame: (() => void) | undefined;
  #restUntilMs = 0;

  /** `before`: definitions that stand outside of this text. */
  constructor(deps: AnswerViewDeps, text: string, isLive: boolean, before = '') {
    this.#deps = deps;
    this.#text = text;
    this.#isLive = isLive;
    this.#reveal.showAll(text);
    this.#document = takeDocument(text) ?? new MarkdownDocument(before);
    if (isLive) keepDocument(this.#document);
    this.#apply();
  }

  readonly groups = (): readonly MarkdownGroup[] => this.#document.groups;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#stop();
    };
  };

  show(text: string, isLive: boolean): void {
    if (text === this.#text && isLive === this.#isLive) return;
    this.#text = text;
    this.#isLive = isLive;
    if (!isLive || this.#deps.isStill()) return this.settle();
    this.#reveal.arrive(text, this.#deps.now());
    this.#schedule();
  }

  /** Everything that is there, now. */
  settle(): void {
    this.#reveal.showAll(this.#text);
    this.#stop();
    this.#apply();
    this.#notify();
  }

  #schedule(): void {
    this.#cancelFrame ??= this.#deps.requestFrame(() => {
      this.#cancelFrame = undefined;
      this.#frame();
    });
  }

  #frame(): void {
    const startMs = this.#deps.now();
    if (startMs >= this.#restUntilMs) {
      this.#reveal.frame(startMs);
      this.#deps.commit(() => {
        this.#apply();
        this.#notify();
      });
      const endMs = this.#deps.now();
      this.#restUntilMs = endMs + (endMs - startMs > 5 ? (endMs - startMs) * restFactor : 0);
    }
    if (this.#reveal.isBehind) this.#schedule();
  }

  #stop(): void {
    this.#cancelFrame?.();
    this.#cancelFrame = undefined;
  }

  #apply(): void {
    if (this.#isLive) this.#document.update(this.#reveal.shown);
    else this.#document.finish(this.#text);
  }

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }
}

const maxKept = 4;
const kept: MarkdownDocument[] = [];

/** When an answer ends, another part of the page takes over showing it: with the blocks that are there, not parsed anew. */
function keepDocument(document: MarkdownDocument): void {
  kept.push(document);
  if (kept.length > maxKept) kept.shift();
}

function takeDocument(text: string): MarkdownDocument | undefined {
  const index = kept.findIndex((document) => document.text !== '' && text.startsWith(document.text));
  const [document] = index < 0 ? [] : kept.splice(index, 1);
  return document;
}
