/** How far a part is from what the reader sees. */
export type Nearness = 'visible' | 'near' | 'far';

/** A part of the page that can stand as bare text until somebody comes near. */
export interface Mountable {
  readonly mount: () => void;
  /** Makes it bare text again, where that loses nothing; says whether it did. Absent: it stays. */
  readonly unmount?: (() => boolean) | undefined;
}

export interface MountQueueDeps {
  readonly now: () => number;
  readonly requestFrame: (callback: () => void) => () => void;
  /** `timeLeft`: milliseconds that nobody else wants. */
  readonly requestIdle: (callback: (timeLeft: () => number) => void) => () => void;
  /** Draws at once what a change asks for, so that its cost can be measured. */
  readonly commit: (change: () => void) => void;
}

/** What may be taken of a frame; a part that is begun is finished, so this is less than a frame. */
const frameShareMs = 6;
const idleShareMs = 4;
/** Parts that can be unmounted are, the longest out of sight first, when there are more. */
export const maxMounted = 120;

interface Entry {
  nearness: Nearness;
  isMounted: boolean;
}

/**
 * Decides what is drawn next: what the reader sees, then what is near, then, in idle time, the rest from the newest on.
 * Never more at a time than a frame can bear.
 */
export class MountQueue {
  readonly #deps: MountQueueDeps;
  readonly #entries = new Map<Mountable, Entry>();
  readonly #waiting: Readonly<Record<Nearness, Set<Mountable>>> = { visible: new Set(), near: new Set(), far: new Set() };
  /** Mounted, out of sight and able to leave; in the order in which they went out of sight. */
  readonly #leavers = new Set<Mountable>();
  #leavableCount = 0;
  #cancelFrame: (() => void) | undefined;
  #cancelIdle: (() => void) | undefined;

  constructor(deps: MountQueueDeps) {
    this.#deps = deps;
  }

  /** `isMounted`: it was drawn at once. */
  add(item: Mountable, isMounted = false): () => void {
    this.#entries.set(item, { nearness: isMounted ? 'near' : 'far', isMounted });
    if (!isMounted) this.#waiting.far.add(item);
    else if (item.unmount) this.#leavableCount += 1;
    this.#schedule();
    return () => this.#remove(item);
  }

  moved(item: Mountable, nearness: Nearness): void {
    const entry = this.#entries.get(item);
    if (!entry) return;
    if (!entry.isMounted) {
      this.#waiting[entry.nearness].delete(item);
      this.#waiting[nearness].add(item);
    }
    entry.nearness = nearness;
    if (nearness === 'far' && entry.isMounted && item.unmount) this.#leavers.add(item);
    else this.#leavers.delete(item);
    this.#schedule();
  }

  /** For whoever is about to measure it. */
  mountNow(item: Mountable): void {
    const entry = this.#entries.get(item);
    if (!entry || entry.isMounted) return;
    this.#note(item, entry);
    this.#deps.commit(item.mount);
  }

  /** For print: everything, now. */
  mountAll(): void {
    this.#deps.commit(() => {
      for (const [item, entry] of this.#entries) {
        if (entry.isMounted) continue;
        this.#note(item, entry);
        item.mount();
      }
    });
  }

  #note(item: Mountable, entry: Entry): void {
    entry.isMounted = true;
    this.#waiting[entry.nearness].delete(item);
    if (!item.unmount) return;
    this.#leavableCount += 1;
    if (entry.nearness === 'far') this.#leavers.add(item);
  }

  #remove(item: Mountable): void {
    const entry = this.#entries.get(item);
    if (!entry) return;
    this.#entries.delete(item);
    this.#leavers.delete(item);
    this.#waiting[entry.nearness].delete(item);
    if (entry.isMounted && item.unmount) this.#leavableCount -= 1;
    if (this.#entries.size === 0) this.#cancel();
  }

  get #hasUrgent(): boolean {
    return this.#waiting.visible.size > 0 || this.#waiting.near.size > 0;
  }

  /** What idle time fills must not have to leave again. */
  get #mayFill(): boolean {
    return this.#waiting.far.size > 0 && this.#leavableCount < maxMounted;
  }

  get #isOverfull(): boolean {
    return this.#leavers.size > 0 && this.#leavableCount > maxMounted;
  }

  #schedule(): void {
    if (this.#hasUrgent) this.#cancelFrame ??= this.#deps.requestFrame(() => this.#frame());
    else if (this.#mayFill || this.#isOverfull) this.#cancelIdle ??= this.#deps.requestIdle((timeLeft) => this.#idle(timeLeft));
  }

  #frame(): void {
    this.#cancelFrame = undefined;
    const end = this.#deps.now() + frameShareMs;
    do {
      const item = last(this.#waiting.visible) ?? last(this.#waiting.near);
      if (!item) break;
      this.mountNow(item);
    } while (this.#deps.now() < end);
    this.#evict();
    this.#schedule();
  }

  #idle(timeLeft: () => number): void {
    this.#cancelIdle = undefined;
    // Whoever has come near meanwhile goes first, in a frame of their own.
    while (timeLeft() > idleShareMs && !this.#hasUrgent && this.#mayFill) {
      const item = last(this.#waiting.far);
      if (item) this.mountNow(item);
    }
    this.#evict();
    this.#schedule();
  }

  #evict(): void {
    for (const item of this.#leavers) {
      if (this.#leavableCount <= maxMounted) return;
      this.#leavers.delete(item);
      const entry = this.#entries.get(item);
      if (!entry || !item.unmount?.()) continue;
      entry.isMounted = false;
      this.#leavableCount -= 1;
      this.#waiting.far.add(item);
    }
  }

  #cancel(): void {
    this.#cancelFrame?.();
    this.#cancelIdle?.();
    this.#cancelFrame = undefined;
    this.#cancelIdle = undefined;
  }
}

/** What came last into the page is nearest to its end. */
function last(items: ReadonlySet<Mountable>): Mountable | undefined {
  let found: Mountable | undefined;
  for (const item of items) found = item;
  return found;
}
