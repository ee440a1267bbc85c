import type { Code } from 'mdast';
import type { MarkdownBlock } from './reuse-nodes.ts';

/** A code block at the end of the text whose closing fence has not come: it grows without being parsed again. */
export class OpenFence {
  readonly #contentStart: number;
  readonly #closing: RegExp;
  readonly #block: MarkdownBlock;
  readonly #node: Code;
  #checkedTo: number;

  private constructor(block: MarkdownBlock, node: Code, start: { content: number; marker: string }) {
    this.#block = block;
    this.#node = node;
    this.#contentStart = start.content;
    this.#checkedTo = start.content;
    this.#closing = new RegExp(`^ {0,3}\\${start.marker.charAt(0)}{${start.marker.length},}`, 'm');
  }

  /** Undefined when the block is closed, indented, or not code at all. */
  static of(block: MarkdownBlock | undefined, text: string, blockStart: number): OpenFence | undefined {
    if (block?.node.type !== 'code') return undefined;
    const [opening, marker] = /^(`{3,}|~{3,})[^\n]*\n/.exec(text.slice(blockStart, blockStart + 200)) ?? [];
    if (opening === undefined || marker === undefined) return undefined;
    const fence = new OpenFence(block, block.node, { content: blockStart + opening.length, marker });
    return fence.grown(text) ? fence : undefined;
  }

  /** The block with everything that is there now; undefined when it may have come to its end. */
  grown(text: string): MarkdownBlock | undefined {
    const lineStart = Math.max(this.#contentStart, text.lastIndexOf('\n', this.#checkedTo - 1) + 1);
    if (this.#closing.test(text.slice(lineStart))) return undefined;
    this.#checkedTo = text.length;
    // Half of a closing fence is not code.
    const value = text.slice(this.#contentStart).replace(/\n(?:`{1,2}|~{1,2})?$/, '');
    return { ...this.#block, node: { ...this.#node, value }, source: '' };
  }
}
