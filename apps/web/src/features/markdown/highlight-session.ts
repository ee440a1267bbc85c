import type { LanguageId } from './code-languages.ts';
import type { HighlightReply, HighlightRequest, TokenLine } from './highlight-protocol.ts';

/** Longer code stays plain: the colours would not be worth the wait. */
const maxCharacters = 100_000;
const chunkLines = 40;

export interface Highlighted {
  /** The beginning of the code that has its colours. */
  readonly source: string;
  /** Its lines in pieces of forty; full ones never change. */
  readonly chunks: readonly (readonly TokenLine[])[];
  readonly tail: TokenLine;
}

export const notHighlighted: Highlighted = { source: '', chunks: [], tail: [] };

export interface HighlightPort {
  readonly send: (request: HighlightRequest) => void;
  /** Returns the way to stop listening. */
  readonly listen: (id: number, onReply: (reply: HighlightReply) => void) => () => void;
}

let lastId = 0;

/** One code block on its way through the highlighter: one request at a time, each with only what is new. */
export class HighlightSession {
  readonly #port: HighlightPort;
  readonly #language: LanguageId;
  readonly #onChange: (highlighted: Highlighted) => void;
  #id = 0;
  #stopListening: (() => void) | undefined;
  #code = '';
  #sent = '';
  #isWaiting = false;
  #shown = notHighlighted;

  constructor(port: HighlightPort, language: LanguageId, onChange: (highlighted: Highlighted) => void) {
    this.#port = port;
    this.#language = language;
    this.#onChange = onChange;
  }

  update(code: string): void {
    if (!code.startsWith(this.#sent)) this.close();
    this.#code = code;
    if (!this.#isWaiting) this.#send();
  }

  close(): void {
    this.#stopListening?.();
    if (this.#stopListening) this.#port.send({ type: 'close', id: this.#id });
    this.#stopListening = undefined;
    this.#sent = '';
    this.#isWaiting = false;
    this.#shown = notHighlighted;
  }

  #send(): void {
    if (this.#code.length > maxCharacters || this.#code.length === this.#sent.length) return;
    if (!this.#stopListening) {
      lastId += 1;
      this.#id = lastId;
      this.#stopListening = this.#port.listen(this.#id, (reply) => this.#receive(reply));
    }
    this.#isWaiting = true;
    this.#port.send({ type: 'append', id: this.#id, language: this.#language, text: this.#code.slice(this.#sent.length) });
    this.#sent = this.#code;
  }

  #receive({ lines, tail }: HighlightReply): void {
    this.#isWaiting = false;
    this.#shown = { source: this.#sent, chunks: withLines(this.#shown.chunks, lines), tail };
    this.#onChange(this.#shown);
    this.#send();
  }
}

function withLines(chunks: Highlighted['chunks'], lines: readonly TokenLine[]): Highlighted['chunks'] {
  if (lines.length === 0) return chunks;
  const last = chunks.at(-1);
  const isOpen = last !== undefined && last.length < chunkLines;
  const pending = isOpen ? [...last, ...lines] : lines;
  const grown = isOpen ? chunks.slice(0, -1) : [...chunks];
  for (let start = 0; start < pending.length; start += chunkLines) grown.push(pending.slice(start, start + chunkLines));
  return grown;
}
