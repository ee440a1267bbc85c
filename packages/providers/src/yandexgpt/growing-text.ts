import type { StreamEvent } from '@multimodel/core';

/** A character that the vendor cut in its bytes shows as U+FFFD, or as half of a pair; the next object mends it. */
const cutCharacter = /[\ufffd\ud800-\udbff]+$/u;

/** Whole texts, each usually longer than the one before, → what is new in them. */
export class GrowingText {
  #told = '';

  /** A text that may still change at its end. */
  *grow(text: string): Generator<StreamEvent, void, undefined> {
    const sure = text.replace(cutCharacter, '');
    // Shorter than what was told: a cut end, or the beginning of a rewrite that the next object will show.
    if (this.#told.startsWith(sure)) return;
    yield* this.#tell(sure);
  }

  /** The last text: it stands as it is. */
  *settle(text: string): Generator<StreamEvent, void, undefined> {
    yield* this.#tell(text.toWellFormed());
  }

  /** Another text stands in place of all that was told. */
  *replaceBy(text: string): Generator<StreamEvent, void, undefined> {
    const final = text.toWellFormed();
    if (this.#told === '') yield { type: 'text-delta', text: final };
    else yield { type: 'text-replace', from: 0, text: final };
    this.#told = final;
  }

  *#tell(text: string): Generator<StreamEvent, void, undefined> {
    const told = this.#told;
    if (text === told) return;
    this.#told = text;
    if (text.startsWith(told)) yield { type: 'text-delta', text: text.slice(told.length) };
    else yield replacement(told, text);
  }
}

function replacement(told: string, text: string): StreamEvent {
  let from = 0;
  while (from < told.length && told[from] === text[from]) from += 1;
  // Never between the halves of a pair: the kept part must be text by itself.
  if (from > 0 && /[\ud800-\udbff]/u.test(told[from - 1] ?? '')) from -= 1;
  return { type: 'text-replace', from, text: text.slice(from) };
}
