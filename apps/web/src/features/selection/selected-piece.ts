import { selectionHtml } from './selection-html.ts';
import { selectionText } from './selection-text.ts';
import type { Selected } from './toolbar-place.ts';

/** What a browser by itself copies badly: a formula as a heap of letters, a table and code without their form. */
const special = '[data-tex], pre, table, .diagram';

const blocks = 'p, li, td, th, pre, h3, h4, h5, h6';

/** What is selected within one answer; formulas that the selection cuts are made whole. */
export class SelectedPiece {
  readonly range: Range;

  private constructor(range: Range) {
    this.range = range;
  }

  /** Undefined when nothing is selected, or something else, or pieces of several messages. */
  static now(): SelectedPiece | undefined {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || selection.rangeCount === 0) return undefined;
    const range = selection.getRangeAt(0).cloneRange();
    const answer = closest(range.commonAncestorContainer, '.md, .answer-body');
    if (!answer || closest(range.commonAncestorContainer, 'button, figcaption')) return undefined;
    const start = closest(range.startContainer, '[data-tex]');
    const end = closest(range.endContainer, '[data-tex]');
    if (start) range.setStartBefore(start);
    if (end) range.setEndAfter(end);
    // A double click beside a line takes its end alone.
    if (range.toString().trim() === '' && !range.cloneContents().querySelector(special)) return undefined;
    return new SelectedPiece(range);
  }

  /** What is selected, as it lies on the screen. */
  get box(): Selected {
    const { left, top, right, bottom } = this.range.getBoundingClientRect();
    const container = this.range.commonAncestorContainer;
    const block = (closest(container, 'blockquote') ?? closest(container, blocks))?.getBoundingClientRect();
    return { left, top, right, bottom, block: block ?? { top, bottom } };
  }

  get text(): string {
    return this.#isWithinCode ? this.range.toString() : selectionText(this.range.cloneContents());
  }

  /** Of plain words the browser makes a good copy by itself. */
  get isSpecial(): boolean {
    return !this.#isWithinCode && this.range.cloneContents().querySelector(special) !== null;
  }

  /** For a selection that is copied by the browser's own key or menu. */
  fill(clipboard: DataTransfer): void {
    clipboard.setData('text/plain', this.text);
    clipboard.setData('text/html', this.html);
  }

  get html(): string {
    return selectionHtml(this.range.cloneContents());
  }

  /** Lines out of the middle of code are code as they are. */
  get #isWithinCode(): boolean {
    return closest(this.range.commonAncestorContainer, 'pre, code') !== null;
  }
}

function closest(node: Node, selector: string): Element | null {
  const element = node instanceof Element ? node : node.parentElement;
  return element?.closest(selector) ?? null;
}
