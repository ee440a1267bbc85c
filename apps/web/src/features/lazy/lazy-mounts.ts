import { createContext } from 'react';
import { flushSync } from 'react-dom';
import { type Mountable, MountQueue, type Nearness } from './mount-queue.ts';

/** Drawn before it comes into view: this part of the height of the view, above and below. */
const nearMargin = '150% 0px';
/** Where there are no idle periods: long enough to let frames and keys pass in between. */
const pauseMs = 60;
const pauseShareMs = 12;

/** Watches where the parts of one scrolling view are, and has them drawn in that order. */
export class LazyMounts {
  readonly #queue = new MountQueue({
    now: () => performance.now(),
    requestFrame: (callback) => {
      const frame = requestAnimationFrame(callback);
      return () => cancelAnimationFrame(frame);
    },
    requestIdle,
    commit: flushSync,
  });
  readonly #items = new Map<Element, Mountable>();
  readonly #seen = new Map<Element, { isVisible: boolean; isNear: boolean }>();
  #observers: readonly IntersectionObserver[] = [];

  /** Begins to watch; what was added before is looked at too. */
  attach(scroller: Element): () => void {
    const watch = (name: 'isVisible' | 'isNear', rootMargin: string): IntersectionObserver =>
      new IntersectionObserver((entries) => this.#note(entries, name), { root: scroller, rootMargin });
    this.#observers = [watch('isVisible', '0px'), watch('isNear', nearMargin)];
    for (const element of this.#items.keys()) for (const observer of this.#observers) observer.observe(element);
    const print = (): void => this.#queue.mountAll();
    window.addEventListener('beforeprint', print);
    return () => {
      window.removeEventListener('beforeprint', print);
      for (const observer of this.#observers) observer.disconnect();
      this.#observers = [];
    };
  }

  add(element: Element, item: Mountable, isMounted: boolean): () => void {
    this.#items.set(element, item);
    this.#seen.set(element, { isVisible: isMounted, isNear: isMounted });
    for (const observer of this.#observers) observer.observe(element);
    const remove = this.#queue.add(item, isMounted);
    return () => {
      for (const observer of this.#observers) observer.unobserve(element);
      this.#items.delete(element);
      this.#seen.delete(element);
      remove();
    };
  }

  /** Draws the parts that `element` is, or lies in, from the outside in. */
  mountNow(element: Element): void {
    const item = this.#items.get(element);
    if (item) this.#queue.mountNow(item);
  }

  #note(entries: readonly IntersectionObserverEntry[], name: 'isVisible' | 'isNear'): void {
    for (const { target, isIntersecting } of entries) {
      const [item, seen] = [this.#items.get(target), this.#seen.get(target)];
      if (!item || !seen) continue;
      seen[name] = isIntersecting;
      this.#queue.moved(item, nearnessOf(seen));
    }
  }
}

function nearnessOf({ isVisible, isNear }: { readonly isVisible: boolean; readonly isNear: boolean }): Nearness {
  if (isVisible) return 'visible';
  return isNear ? 'near' : 'far';
}

function requestIdle(callback: (timeLeft: () => number) => void): () => void {
  if (typeof requestIdleCallback === 'function') {
    const idle = requestIdleCallback((deadline) => callback(() => deadline.timeRemaining()));
    return () => cancelIdleCallback(idle);
  }
  const timer = window.setTimeout(() => {
    const end = performance.now() + pauseShareMs;
    callback(() => end - performance.now());
  }, pauseMs);
  return () => window.clearTimeout(timer);
}

export const LazyMountsContext = createContext<LazyMounts | undefined>(undefined);
