import type { RootContent } from 'mdast';
import { mentions } from './answer-head.ts';
import { growsFrom } from './grows-from.ts';
import { mendTail } from './mend-tail.ts';
import { OpenFence } from './open-fence.ts';
import { parseMarkdown } from './parse-markdown.ts';
import { definitionLines } from './parse-section.ts';
import { type MarkdownBlock, reuseBlock } from './reuse-nodes.ts';
import { splitSections } from './split-sections.ts';

export type { MarkdownBlock };

/** Blocks that are drawn together. A block stays in its group from birth, so that nothing on the page is ever made anew. */
export interface MarkdownGroup {
  readonly index: number;
  readonly blocks: readonly MarkdownBlock[];
  /** Full and final: this object will not be replaced any more. */
  readonly isSettled: boolean;
}

const groupSize = 16;
const openBlocks = 2;
/** A long text is taken in pieces, because the parser's cost grows faster than its text. */
const pieceLength = 4_096;
/** Up to here a text is parsed once more as a whole when something in it may lead backwards; that costs some ten milliseconds. */
const wholeLength = 20_000;
const definition = /\[[^\]\n]{1,200}\]:/;

/**
 * Markdown that grows. Blocks that nothing can change any more are frozen, and only the end is parsed again,
 * so that an update costs the same in a long answer as in a short one.
 */
export class MarkdownDocument {
  /** How much was given to the parser in all. */
  parsedCharacters = 0;
  readonly #before: string;
  #text = '';
  #isFinished = false;
  #groups: MarkdownGroup[] = [];
  #frozenCount = 0;
  /** Where the part begins that can still change. */
  #cut = 0;
  #open: readonly MarkdownBlock[] = [];
  #fence: OpenFence | undefined;

  /** `before`: definitions that this text does not contain and may refer to. */
  constructor(before = '') {
    this.#before = before;
  }

  get groups(): readonly MarkdownGroup[] {
    return this.#groups;
  }

  get text(): string {
    return this.#text;
  }

  /** The whole text so far; says whether anything changed. It may also be another text than before. */
  update(text: string): boolean {
    if (text === this.#text && !this.#isFinished) return false;
    if (!growsFrom(text, this.#text)) this.#restart();
    this.#isFinished = false;
    this.#grow(text);
    return true;
  }

  /** Nothing will come any more: what is unfinished stays as it was written, and late definitions reach back. */
  finish(text: string): void {
    if (text === this.#text && this.#isFinished) return;
    if (!text.startsWith(this.#text)) this.#restart();
    this.#grow(text, true);
    const isLate = this.#frozenCount > 0 && definition.test(text);
    if (isLate && text.length <= wholeLength) this.#parseWhole();
    else this.#parseTail(true);
    if (isLate && text.length > wholeLength) this.#resolveLate();
    this.#isFinished = true;
  }

  /** Blocks on the page are kept for comparison: where the new text is the same they stay. */
  #restart(): void {
    this.#open = this.#groups.flatMap(({ blocks }) => blocks);
    this.#frozenCount = 0;
    this.#cut = 0;
    this.#fence = undefined;
    this.#text = '';
  }

  #grow(text: string, isFinishing = false): void {
    while (text.length - this.#text.length > pieceLength) {
      const end = this.#text.length + pieceLength;
      this.#text = text.slice(0, end);
      if (!this.#growFence()) this.#parseTail(true);
    }
    this.#text = text;
    if (!isFinishing && !this.#growFence()) this.#parseTail(false);
  }

  #growFence(): boolean {
    const block = this.#fence?.grown(this.#text);
    if (!block) return false;
    this.#setOpen([...this.#open.slice(0, -1), block]);
    return true;
  }

  #parseTail(isRaw: boolean): void {
    const tail = this.#text.slice(this.#cut);
    const mended = isRaw ? tail : mendTail(tail);
    const { children } = this.#parse(mended);
    const first = this.#frozenCount;
    const known = new Map(this.#open.map((block) => [block.index, block]));
    const blocks = children.map((node, position) => {
      const index = first + position;
      return reuseBlock(known.get(index), { index, node, source: mended.slice(startOf(node), endOf(node)) });
    });
    this.#setOpen(blocks);
    const start = lineStart(mended, children.at(-1));
    this.#fence = OpenFence.of(blocks.at(-1), this.#text, this.#cut + start);
    this.#freeze(tail, mended, children);
  }

  #parse(text: string): { readonly children: readonly RootContent[] } {
    this.parsedCharacters += text.length;
    return parseMarkdown(text, this.#before);
  }

  /** Freezes up to the last safe place: at the start of a line, after a blank one, with two blocks after it, not between two lists. */
  #freeze(tail: string, mended: string, children: readonly RootContent[]): void {
    for (let count = children.length - openBlocks; count > 0; count -= 1) {
      const [last, next] = [children[count - 1], children[count]];
      const end = endOf(last);
      const cut = lineStart(mended, next);
      const isBlank = /\n[ \t]*\r?\n/.test(mended.slice(end, cut));
      const areLists = last?.type === 'list' && next?.type === 'list';
      if (!isBlank || areLists || !tail.startsWith(mended.slice(0, cut))) continue;
      this.#cut += cut;
      this.#open = this.#open.slice(count);
      this.#settleTo(this.#frozenCount + count);
      return;
    }
  }

  #settleTo(frozenCount: number): void {
    const first = Math.floor(this.#frozenCount / groupSize);
    const end = Math.floor(frozenCount / groupSize);
    this.#frozenCount = frozenCount;
    if (first === end) return;
    this.#groups = this.#groups.map((group) => (group.index >= first && group.index < end ? { ...group, isSettled: true } : group));
  }

  #parseWhole(): void {
    const { children } = this.#parse(this.#text);
    const known = this.#groups.flatMap(({ blocks }) => blocks);
    this.#frozenCount = 0;
    this.#cut = 0;
    const blocks = children.map((node, index) => {
      const block = { index, node, source: this.#text.slice(startOf(node), endOf(node)) };
      // A bracket may have become a link or a note.
      return block.source.includes('[') ? block : reuseBlock(known[index], block);
    });
    this.#setOpen(blocks);
  }

  /** In a long text only the blocks are parsed again that name what is defined. */
  #resolveLate(): void {
    const definitions = splitSections(this.#text)[0]?.definitions ?? [];
    const before = this.#before + definitionLines(definitions);
    this.#groups = this.#groups.map((group) => {
      if (!group.blocks.some(({ source }) => mentions(source, definitions))) return group;
      return { ...group, blocks: group.blocks.map((block) => (mentions(block.source, definitions) ? reread(block, before) : block)) };
    });
  }

  /** Replaces everything from the first open block on; groups before it stay the objects they are. */
  #setOpen(blocks: readonly MarkdownBlock[]): void {
    this.#open = blocks;
    const firstGroup = Math.floor(this.#frozenCount / groupSize);
    const frozen = this.#groups[firstGroup]?.blocks.slice(0, this.#frozenCount - firstGroup * groupSize) ?? [];
    const all = [...frozen, ...blocks];
    const groups: MarkdownGroup[] = [];
    for (let start = 0; start < all.length; start += groupSize) {
      const index = firstGroup + start / groupSize;
      groups.push(this.#group(index, all.slice(start, start + groupSize)));
    }
    this.#groups = [...this.#groups.slice(0, firstGroup), ...groups];
  }

  #group(index: number, blocks: readonly MarkdownBlock[]): MarkdownGroup {
    const old = this.#groups[index];
    const isSettled = this.#frozenCount >= (index + 1) * groupSize;
    const isSame =
      old?.isSettled === isSettled && old.blocks.length === blocks.length && blocks.every((block, at) => block === old.blocks[at]);
    return isSame ? old : { index, blocks, isSettled };
  }
}

function reread(block: MarkdownBlock, before: string): MarkdownBlock {
  const [node, ...more] = parseMarkdown(block.source, before).children;
  return node && more.length === 0 ? { ...block, node } : block;
}

const startOf = (node: RootContent | undefined): number => node?.position?.start.offset ?? 0;
const endOf = (node: RootContent | undefined): number => node?.position?.end.offset ?? 0;
const lineStart = (text: string, node: RootContent | undefined): number => text.lastIndexOf('\n', startOf(node) - 1) + 1;
