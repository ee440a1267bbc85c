import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import { ScrollAnchor } from './scroll-anchor.ts';
import { ScrollFollower } from './scroll-follower.ts';

/** The browser keeps what is in view in its place by itself, and does so without breaking off a smooth scroll. Safari does not. */
const hasOwnAnchor = typeof CSS === 'object' && CSS.supports('overflow-anchor', 'auto');

export interface FollowedScroll {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly content: RefObject<HTMLDivElement | null>;
  readonly isFollowing: boolean;
  readonly toEnd: () => void;
  /** The message that is put in the place of `shownId` will stand where that one stands now. */
  readonly hold: (shownId: string, otherId: string) => void;
  /** Puts an element at this distance from the upper edge of the view, and keeps it there whatever grows around it. */
  readonly showAt: (element: Element, topPx: number) => void;
  /** What the reader has at the upper edge; absent while the view follows the end. */
  readonly anchor: () => ScrollAnchor | undefined;
}

/** Keeps the end in view while the reader is there, and what they read in its place while they are not. */
export function useScrollFollower(): FollowedScroll {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const follower = useRef(new ScrollFollower());
  const anchored = useRef<ScrollAnchor>(undefined);
  const [isFollowing, setIsFollowing] = useState(true);

  useLayoutEffect(() => {
    if (!scroller.current || !content.current) return;
    anchored.current = new ScrollAnchor(scroller.current);
    return attach({
      scroller: scroller.current,
      content: content.current,
      follower: follower.current,
      anchor: anchored.current,
      onChange: setIsFollowing,
    });
  }, []);

  // Whatever was just drawn, older messages in front for example, has moved nothing when the reader sees it.
  useLayoutEffect(() => {
    const anchor = anchored.current;
    if (!anchor || follower.current.isFollowing || held.current) return;
    // A jump to the top by key, say, must not be taken back.
    if (anchor.isOutrun && !follower.current.isHeld) anchor.remember();
    else anchor.correct();
  });

  const held = useRef<{ readonly id: string; readonly top: number; readonly focused: string | undefined }>(undefined);
  useLayoutEffect(() => {
    const element = held.current && scroller.current && messageIn(scroller.current, held.current.id);
    if (!element || !held.current || !scroller.current) return;
    scroller.current.scrollTop += element.getBoundingClientRect().top - held.current.top;
    anchored.current?.keep(element);
    const { focused } = held.current;
    if (focused) element.querySelector<HTMLElement>(`[data-step="${focused}"]`)?.focus({ preventScroll: true });
    held.current = undefined;
  });
  const hold = useCallback((shownId: string, otherId: string) => {
    const shown = scroller.current && messageIn(scroller.current, shownId);
    if (!shown) return;
    const focused = document.activeElement?.getAttribute('data-step') ?? undefined;
    held.current = { id: otherId, top: shown.getBoundingClientRect().top, focused };
    follower.current.hold();
  }, []);

  const toEnd = useCallback(() => {
    follower.current.follow();
    setIsFollowing(true);
    if (scroller.current) scroller.current.scrollTop = scroller.current.scrollHeight;
  }, []);

  const showAt = useCallback((element: Element, topPx: number) => {
    const view = scroller.current;
    if (!view) return;
    follower.current.hold();
    view.scrollTop += element.getBoundingClientRect().top - view.getBoundingClientRect().top - topPx;
    anchored.current?.keep(element);
    setIsFollowing(follower.current.isAtEnd(view));
  }, []);

  const anchor = useCallback(() => (follower.current.isFollowing ? undefined : anchored.current), []);

  return { scroller, content, isFollowing, toEnd, hold, showAt, anchor };
}

export function messageIn(scroller: HTMLElement, id: string): HTMLElement | null {
  return scroller.querySelector<HTMLElement>(`[data-message="${CSS.escape(id)}"]`);
}

interface Attachment {
  readonly scroller: HTMLDivElement;
  readonly content: HTMLDivElement;
  readonly follower: ScrollFollower;
  readonly anchor: ScrollAnchor;
  readonly onChange: (isFollowing: boolean) => void;
}

function attach({ scroller, content, follower, anchor, onChange }: Attachment): () => void {
  const events = new AbortController();
  const listen = { passive: true, signal: events.signal } as const;
  const pullUp = () => {
    follower.pulledUp(scroller);
    if (!follower.isFollowing) anchor.remember();
    onChange(follower.isFollowing);
  };
  const scrolled = () => {
    const isFollowing = follower.scrolled(scroller);
    if (!isFollowing && !follower.isHeld) anchor.remember();
    onChange(isFollowing || follower.isAtEnd(scroller));
  };
  let touchY = 0;
  for (const type of ['wheel', 'touchmove', 'keydown', 'pointerdown']) scroller.addEventListener(type, () => follower.release(), listen);
  scroller.addEventListener('scroll', scrolled, listen);
  scroller.addEventListener('wheel', (event) => event.deltaY < 0 && pullUp(), listen);
  scroller.addEventListener('touchstart', (event) => (touchY = event.touches[0]?.clientY ?? 0), listen);
  scroller.addEventListener('touchmove', (event) => (event.touches[0]?.clientY ?? 0) > touchY + 4 && pullUp(), listen);
  scroller.addEventListener('keydown', ({ key }) => ['ArrowUp', 'PageUp', 'Home'].includes(key) && pullUp(), listen);
  const resize = new ResizeObserver(() => {
    const top = follower.grown(scroller);
    if (top !== undefined) scroller.scrollTop = top;
    else if (!hasOwnAnchor || follower.isHeld) anchor.correct();
    onChange(follower.isAtEnd(scroller));
  });
  resize.observe(content);
  resize.observe(scroller);
  return () => {
    events.abort();
    resize.disconnect();
  };
}
