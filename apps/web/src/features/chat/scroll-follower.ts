/** How near the end counts as being there. */
const nearPx = 32;

interface Geometry {
  readonly scrollTop: number;
  readonly scrollHeight: number;
  readonly clientHeight: number;
}

export function distanceToEnd({ scrollTop, scrollHeight, clientHeight }: Geometry): number {
  return scrollHeight - clientHeight - scrollTop;
}

/** Decides whether the view goes on with the text: any move up lets go at once, only reaching the end takes hold again. */
export class ScrollFollower {
  isFollowing = true;
  /** A message is kept where it stands: its branch may for a moment be so short that its end seems to be in view. */
  #isHeld = false;
  #lastTop = 0;
  #lastHeight = 0;

  /** The view was put where it is on purpose, and nobody has moved it since. */
  get isHeld(): boolean {
    return this.#isHeld;
  }

  /** A scroll happened, by whatever hand. Text that shrinks moves the view up too: that is nobody's wish. */
  scrolled(geometry: Geometry): boolean {
    const hasMovedUp = geometry.scrollTop < this.#lastTop - 1 && geometry.scrollHeight >= this.#lastHeight;
    if (this.#isHeld) this.isFollowing = false;
    else if (distanceToEnd(geometry) <= nearPx) this.isFollowing = true;
    else if (hasMovedUp) this.isFollowing = false;
    this.#remember(geometry);
    return this.isFollowing;
  }

  /** A wheel, finger or key pulls up: let go before the scroll event comes. */
  pulledUp(geometry: Geometry): void {
    if (geometry.scrollHeight > geometry.clientHeight) this.isFollowing = false;
  }

  follow(): void {
    this.#isHeld = false;
    this.isFollowing = true;
  }

  hold(): void {
    this.#isHeld = true;
    this.isFollowing = false;
  }

  /** The reader moves the view. */
  release(): void {
    this.#isHeld = false;
  }

  /** Whether there is nothing to be seen further down. */
  isAtEnd(geometry: Geometry): boolean {
    return this.isFollowing || distanceToEnd(geometry) <= nearPx;
  }

  /** Where to put the view after its content has changed; undefined = leave it. */
  grown(geometry: Geometry): number | undefined {
    this.#remember(geometry);
    return this.isFollowing ? geometry.scrollHeight - geometry.clientHeight : undefined;
  }

  #remember({ scrollTop, scrollHeight }: Geometry): void {
    this.#lastTop = scrollTop;
    this.#lastHeight = scrollHeight;
  }
}
