/** Where in a chat a reader is, in words that outlive the page. */
export interface Place {
  readonly messageId: string;
  /** The block of the message at the upper edge: its group among the groups, its number within; absent = the message itself. */
  readonly block?: readonly [group: number, index: number] | undefined;
  /** From the upper edge of the view down to it; negative when it began above. */
  readonly topPx: number;
}

const probesPx = [1, 24, 60, 110, 180];
const blocks = '.md-group > *, article[data-message]';

/** What the reader has at the upper edge of the view stays there, whatever grows or shrinks above it. */
export class ScrollAnchor {
  readonly #scroller: HTMLElement;
  #element: Element | undefined;
  #topPx = 0;
  #scrollTop = 0;

  constructor(scroller: HTMLElement) {
    this.#scroller = scroller;
  }

  /** The reader has moved: from now on this is what stays. */
  remember(): void {
    const element = this.#find();
    if (element) this.keep(element);
  }

  keep(element: Element): void {
    this.#element = element;
    this.#topPx = this.#topOf(element);
    this.#scrollTop = this.#scroller.scrollTop;
  }

  /** Something has changed its size; says by how many pixels the view was moved. */
  correct(): number {
    if (!this.#element?.isConnected) {
      this.remember();
      return 0;
    }
    const by = this.#topOf(this.#element) - this.#topPx;
    if (Math.abs(by) < 1) {
      this.#scrollTop = this.#scroller.scrollTop;
      return 0;
    }
    this.#scroller.scrollTop += by;
    // At either end of the view there may be no room for all of it.
    this.keep(this.#element);
    return by;
  }

  /** The reader has scrolled, and the event that tells of it has not come yet. */
  get isOutrun(): boolean {
    return Math.abs(this.#scroller.scrollTop - this.#scrollTop) >= 1;
  }

  get place(): Place | undefined {
    const message = this.#element?.closest<HTMLElement>('article[data-message]');
    const messageId = message?.dataset['message'];
    if (!this.#element || !message || messageId === undefined) return undefined;
    const group = this.#element.closest('.md-group');
    if (!group || !message.contains(group)) return { messageId, topPx: this.#topPx };
    const block = [groupsOf(message).indexOf(group), [...group.children].indexOf(this.#element)] as const;
    return { messageId, block, topPx: this.#topPx };
  }

  #find(): Element | undefined {
    const { left, top, width } = this.#scroller.getBoundingClientRect();
    for (const probe of probesPx) {
      for (const element of document.elementsFromPoint(left + width / 2, top + probe)) {
        const block = this.#scroller.contains(element) && element.closest(blocks);
        if (block) return block;
      }
    }
    return undefined;
  }

  #topOf(element: Element): number {
    return element.getBoundingClientRect().top - this.#scroller.getBoundingClientRect().top;
  }
}

export const groupsOf = (message: Element): readonly Element[] => [...message.querySelectorAll('.md-group')];
