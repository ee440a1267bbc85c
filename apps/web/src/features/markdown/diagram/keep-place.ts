import type { RefObject } from 'react';

/** A block above what is being read has another height now: what is being read stays where it is. */
export function keepPlace(block: HTMLElement | null, height: RefObject<number>): void {
  if (!block) return;
  const before = height.current;
  height.current = block.offsetHeight;
  const scroller = block.closest('.thread-scroller');
  if (!scroller || before === 0) return;
  const isAbove = block.getBoundingClientRect().top + before <= scroller.getBoundingClientRect().top;
  if (isAbove) scroller.scrollTop += height.current - before;
}
