import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { ScrollFollower } from './scroll-follower.ts';

export interface FollowedScroll {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly content: RefObject<HTMLDivElement | null>;
  readonly isFollowing: boolean;
  readonly toEnd: () => void;
  /** The message that is put in the place of `shownId` will stand where that one stands now. */
  readonly hold: (shownId: string, otherId: string) => void;
}

/** Keeps the end in view while the reader is there. `firstId` is the oldest message: when it changes, older ones were put in front. */
export function useScrollFollower(firstId: string | undefined): FollowedScroll {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const follower = useRef(new ScrollFollower());
  const [isFollowing, setIsFollowing] = useState(true);

  useEffect(() => {
    if (!scroller.current || !content.current) return;
    return attach({ scroller: scroller.current, content: content.current, follower: follower.current, onChange: setIsFollowing });
  }, []);

  const before = useRef({ firstId, height: 0 });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const isPrepended = before.current.firstId !== undefined && before.current.firstId !== firstId;
    if (isPrepended && !follower.current.isFollowing) element.scrollTop += element.scrollHeight - before.current.height;
    before.current = { firstId, height: element.scrollHeight };
  });

  const held = useRef<{ readonly id: string; readonly top: number; readonly focused: string | undefined }>(undefined);
  useLayoutEffect(() => {
    const element = held.current && scroller.current && messageIn(scroller.current, held.current.id);
    if (!element || !held.current || !scroller.current) return;
    scroller.current.scrollTop += element.getBoundingClientRect().top - held.current.top;
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

  return { scroller, content, isFollowing, toEnd, hold };
}

function messageIn(scroller: HTMLElement, id: string): HTMLElement | null {
  return scroller.querySelector<HTMLElement>(`[data-message="${CSS.escape(id)}"]`);
}

interface Attachment {
  readonly scroller: HTMLDivElement;
  readonly content: HTMLDivElement;
  readonly follower: ScrollFollower;
  readonly onChange: (isFollowing: boolean) => void;
}

function attach({ scroller, content, follower, onChange }: Attachment): () => void {
  const events = new AbortController();
  const listen = { passive: true, signal: events.signal } as const;
  const pullUp = () => {
    follower.pulledUp(scroller);
    onChange(follower.isFollowing);
  };
  let touchY = 0;
  for (const type of ['wheel', 'touchmove', 'keydown', 'pointerdown']) scroller.addEventListener(type, () => follower.release(), listen);
  scroller.addEventListener('scroll', () => onChange(follower.scrolled(scroller) || follower.isAtEnd(scroller)), listen);
  scroller.addEventListener('wheel', (event) => event.deltaY < 0 && pullUp(), listen);
  scroller.addEventListener('touchstart', (event) => (touchY = event.touches[0]?.clientY ?? 0), listen);
  scroller.addEventListener('touchmove', (event) => (event.touches[0]?.clientY ?? 0) > touchY + 4 && pullUp(), listen);
  scroller.addEventListener('keydown', ({ key }) => ['ArrowUp', 'PageUp', 'Home'].includes(key) && pullUp(), listen);
  const resize = new ResizeObserver(() => {
    const top = follower.grown(scroller);
    if (top !== undefined) scroller.scrollTop = top;
    onChange(follower.isAtEnd(scroller));
  });
  resize.observe(content);
  resize.observe(scroller);
  return () => {
    events.abort();
    resize.disconnect();
  };
}
