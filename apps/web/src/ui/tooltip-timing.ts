export interface TooltipTimingDeps<Anchor> {
  readonly now: () => number;
  /** Returns the way to take it back. */
  readonly schedule: (callback: () => void, delayMs: number) => () => void;
  readonly show: (anchor: Anchor) => void;
  readonly hide: () => void;
}

const delayMs = 400;
/** Long enough to come from what it belongs to onto the tooltip, which stays as long as the pointer is on it. */
const graceMs = 120;
/** Whoever has just read one goes along a row of buttons without waiting. */
const warmMs = 400;

/** When a tooltip comes and goes. There is one at a time. */
export class TooltipTiming<Anchor> {
  readonly #deps: TooltipTimingDeps<Anchor>;
  #hovered: Anchor | undefined;
  #focused: Anchor | undefined;
  #shown: Anchor | undefined;
  #hiddenAtMs = Number.NEGATIVE_INFINITY;
  #cancel: (() => void) | undefined;

  constructor(deps: TooltipTimingDeps<Anchor>) {
    this.#deps = deps;
  }

  /** Where the pointer is; absent: on nothing that has a tooltip. */
  pointsAt(anchor: Anchor | undefined): void {
    if (anchor === this.#hovered) return;
    this.#hovered = anchor;
    this.#stop();
    if (anchor === undefined) {
      if (this.#shown !== undefined && this.#shown !== this.#focused) this.#after(graceMs, () => this.#hide());
      return;
    }
    if (anchor === this.#shown) return;
    const isWarm = this.#shown !== undefined || this.#deps.now() - this.#hiddenAtMs < warmMs;
    if (isWarm) this.#show(anchor);
    else this.#after(delayMs, () => this.#show(anchor));
  }

  /** The pointer is on the tooltip itself. */
  pointsAtTooltip(): void {
    this.pointsAt(this.#shown);
  }

  /** What the keyboard has come to. */
  focuses(anchor: Anchor | undefined): void {
    const before = this.#focused;
    this.#focused = anchor;
    if (anchor !== undefined) this.#show(anchor);
    else if (before !== undefined && before === this.#shown && before !== this.#hovered) this.#hide();
  }

  /** A click, or Esc: it does not come again where it was, unless somebody goes away and returns. */
  dismiss(): void {
    this.#stop();
    this.#hide();
  }

  #show(anchor: Anchor): void {
    this.#stop();
    if (anchor === this.#shown) return;
    this.#shown = anchor;
    this.#deps.show(anchor);
  }

  #hide(): void {
    if (this.#shown === undefined) return;
    this.#shown = undefined;
    this.#hiddenAtMs = this.#deps.now();
    this.#deps.hide();
  }

  #after(waitMs: number, act: () => void): void {
    this.#cancel = this.#deps.schedule(() => {
      this.#cancel = undefined;
      act();
    }, waitMs);
  }

  #stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}
