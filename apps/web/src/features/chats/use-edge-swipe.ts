import { useEffect } from 'react';

/** Where such a swipe may begin: the edge itself often belongs to the system's own way back. */
const edgePx = 44;
const farPx = 56;

/** A finger from the left edge brings the list of chats; nothing lies over the page for it. */
export function useEdgeSwipe(isOn: boolean, open: () => void): void {
  useEffect(() => {
    if (!isOn) return;
    const events = new AbortController();
    const listen = { passive: true, signal: events.signal } as const;
    let start: Touch | undefined;
    const begin = ({ touches, target }: TouchEvent) => {
      const [touch] = touches;
      start = touches.length === 1 && touch && touch.clientX <= edgePx && !scrollsSideways(target) ? touch : undefined;
    };
    // Judged by both ends: of the way between them a browser that scrolls tells little. And at the end only, because a finger that
    // is still down would at once close what it has opened.
    const end = ({ changedTouches }: TouchEvent) => {
      const [touch] = changedTouches;
      const isSwipe = start !== undefined && touch !== undefined && isAcross(start, touch);
      start = undefined;
      if (isSwipe) open();
    };
    document.addEventListener('touchstart', begin, listen);
    document.addEventListener('touchend', end, listen);
    return () => events.abort();
  }, [isOn, open]);
}

function isAcross(from: Touch, to: Touch): boolean {
  const across = to.clientX - from.clientX;
  return across > farPx && Math.abs(to.clientY - from.clientY) < across / 2;
}

/** Code and tables that were moved to the side are moved back by the same gesture. */
function scrollsSideways(target: EventTarget | null): boolean {
  for (let element = target instanceof Element ? target : null; element; element = element.parentElement) {
    if (element.scrollLeft > 0) return true;
  }
  return false;
}
