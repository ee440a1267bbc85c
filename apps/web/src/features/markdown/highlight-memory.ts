import type { LanguageId } from './code-languages.ts';
import { type Highlighted, notHighlighted } from './highlight-session.ts';

const maxBlocks = 24;

/** What was coloured last. When an answer ends, another part of the page takes over, and its code must not lose its colours for a moment. */
export class HighlightMemory {
  readonly #blocks = new Map<object, { readonly language: LanguageId; readonly highlighted: Highlighted }>();

  remember(block: object, language: LanguageId, highlighted: Highlighted): void {
    this.#blocks.delete(block);
    this.#blocks.set(block, { language, highlighted });
    const [oldest] = this.#blocks.keys();
    if (oldest && this.#blocks.size > maxBlocks) this.#blocks.delete(oldest);
  }

  recall(language: LanguageId | undefined, code: string): Highlighted {
    const known = [...this.#blocks.values()].filter((block) => block.language === language && code.startsWith(block.highlighted.source));
    const longest = known.reduce(
      (best, { highlighted }) => (highlighted.source.length > best.source.length ? highlighted : best),
      notHighlighted,
    );
    return longest;
  }
}
