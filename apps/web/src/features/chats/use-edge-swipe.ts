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
    let isFar = false;
    document.addEventListener(
      'touchstart',
      ({ touches, target }) => {
        const [touch] = touches;
        isFar = false;
        start = touches.length === 1 && touch && touch.clientX <= edgePx && !scrollsSideways(target) ? touch : undefined;
      },
      listen,
    );
    document.addEventListener(
      'touchmove',
      ({ touches }) => {
        const [touch] = touches;
        if (!start || !touch) return;
        const across = touch.clientX - start.clientX;
        const along = Math.abs(touch.clientY - start.clientY);
        if (touches.length > 1 || along > Math.max(24, across)) start = undefined;
        isFar = across > farPx;
      },
      listen,
    );
    // At the end: a finger that is still down would at once close what it has opened.
    document.addEventListener(
      'touchend',
      () => {
        const isSwiped = start !== undefined && isFar;
        start = undefined;
        if (isSwiped) open();
      },
      listen,
    );
    return () => events.abort();
  }, [isOn, open]);
}

/** Code and tables that were moved to the side are moved back by the same gesture. */
function scrollsSideways(target: EventTarget | null): boolean {
  for (let element = target instanceof Element ? target : null; element; element = element.parentElement) {
    if (element.scrollLeft > 0) return true;
  }
  return false;
}
