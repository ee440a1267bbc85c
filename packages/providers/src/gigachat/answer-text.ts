/** What stands in an answer's text: words, thoughts before them, and things that the vendor's own functions made. */
export type AnswerPiece =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'thought'; readonly text: string }
  | { readonly type: 'made'; readonly fileId: string; readonly kind: 'image' | 'video' };

const thinkOpen = '<think>';
const thinkClose = '</think>';
const madeTags = ['<img', '<video'] as const;
/** No tag of the vendor is longer: what does not end by then is text that a person reads. */
const longestTag = 400;
/** With `fuse` only: HTML that a model writes as an example stays as it is. */
const madeTag = /^<(img|video)\s(?=[^>]*\bfuse="true")[^>]*?\bsrc="([\w-]{8,80})"[^>]*>$/u;

/**
 * Takes apart a text that comes in pieces cut anywhere. `<think>` counts only at the very beginning, where reasoning models put it;
 * the tags `<img src="id" fuse="true"/>` and `<video … fuse="true"/>` leave the text.
 */
export class AnswerText {
  #held = '';
  #state: 'start' | 'thinking' | 'text' = 'start';
  /** Nothing was said yet, or a tag was just taken out of the beginning: white space there is no part of the answer. */
  #isAtBeginning = false;
  #hasSaid = false;

  *push(piece: string): Generator<AnswerPiece, void, undefined> {
    this.#held += piece;
    if (this.#state === 'start') this.#start();
    if (this.#state === 'thinking') yield* this.#think();
    if (this.#state === 'text') yield* this.#speak();
  }

  /** The answer is over: what was held back is what it looks like. */
  *end(): Generator<AnswerPiece, void, undefined> {
    const rest = this.#held;
    this.#held = '';
    if (this.#state === 'thinking') yield* pieceOf('thought', rest);
    else yield* this.#say(rest);
  }

  #start(): void {
    const said = this.#held.trimStart();
    if (said.startsWith(thinkOpen)) {
      this.#held = said.slice(thinkOpen.length);
      this.#state = 'thinking';
    } else if (!thinkOpen.startsWith(said)) {
      this.#state = 'text';
    }
  }

  *#think(): Generator<AnswerPiece, void, undefined> {
    const end = this.#held.indexOf(thinkClose);
    const until = end < 0 ? this.#held.length - lengthOfBegun(this.#held, thinkClose) : end;
    yield* pieceOf('thought', this.#held.slice(0, until));
    this.#held = this.#held.slice(end < 0 ? until : end + thinkClose.length);
    if (end < 0) return;
    this.#state = 'text';
    this.#isAtBeginning = true;
  }

  *#speak(): Generator<AnswerPiece, void, undefined> {
    let from = 0;
    for (;;) {
      const at = this.#held.indexOf('<', from);
      if (at < 0) break;
      const tag = tagAt(this.#held.slice(at));
      if (tag === 'none') {
        from = at + 1;
        continue;
      }
      yield* this.#say(this.#held.slice(0, at));
      this.#held = this.#held.slice(at);
      if (tag === 'unfinished') return;
      this.#held = this.#held.slice(tag.length);
      from = 0;
      this.#isAtBeginning ||= !this.#hasSaid;
      yield tag.piece;
    }
    yield* this.#say(this.#held);
    this.#held = '';
  }

  *#say(text: string): Generator<AnswerPiece, void, undefined> {
    const said = this.#isAtBeginning ? text.trimStart() : text;
    if (said === '') return;
    this.#isAtBeginning = false;
    this.#hasSaid = true;
    yield { type: 'text', text: said };
  }
}

function* pieceOf(type: 'text' | 'thought', text: string): Generator<AnswerPiece, void, undefined> {
  if (text !== '') yield { type, text };
}

interface FoundTag {
  readonly length: number;
  readonly piece: AnswerPiece;
}

function tagAt(text: string): FoundTag | 'none' | 'unfinished' {
  const name = madeTags.find((each) => text.startsWith(each) || each.startsWith(text));
  if (name === undefined) return 'none';
  if (text.length < name.length) return 'unfinished';
  const end = text.indexOf('>');
  if (end < 0) return text.length > longestTag ? 'none' : 'unfinished';
  const [, kind, fileId] = madeTag.exec(text.slice(0, end + 1)) ?? [];
  if (fileId === undefined) return 'none';
  return { length: end + 1, piece: { type: 'made', fileId, kind: kind === 'video' ? 'video' : 'image' } };
}

/** How much of the end of `text` may be the beginning of `mark`. */
function lengthOfBegun(text: string, mark: string): number {
  for (let length = Math.min(mark.length - 1, text.length); length > 0; length -= 1) {
    if (text.endsWith(mark.slice(0, length))) return length;
  }
  return 0;
}
