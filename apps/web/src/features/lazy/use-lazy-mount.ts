import { type RefObject, useContext, useEffect, useRef, useState } from 'react';
import { LazyMountsContext } from './lazy-mounts.ts';

interface LazyMountOptions {
  /** In the first view: drawn with the page. */
  readonly isEager?: boolean;
  /** May become bare text again when it is far away and there is too much of it. */
  readonly canLeave?: boolean;
}

export interface LazyMount<Part extends Element> {
  readonly ref: RefObject<Part | null>;
  readonly isMounted: boolean;
}

/** Whether a part of a long page is to be drawn yet. Where nobody watches, everything is drawn. */
export function useLazyMount<Part extends Element>({ isEager = false, canLeave = false }: LazyMountOptions = {}): LazyMount<Part> {
  const mounts = useContext(LazyMountsContext);
  const ref = useRef<Part>(null);
  const [isMounted, setIsMounted] = useState(isEager || !mounts);
  const wasMounted = useRef(isMounted);
  useEffect(() => {
    const element = ref.current;
    if (!element || !mounts) return;
    const show = (isShown: boolean) => {
      wasMounted.current = isShown;
      setIsMounted(isShown);
    };
    const leave = () => {
      if (isInUse(element)) return false;
      show(false);
      return true;
    };
    return mounts.add(element, { mount: () => show(true), unmount: canLeave ? leave : undefined }, wasMounted.current);
  }, [mounts, canLeave]);
  return { ref, isMounted };
}

/** Somebody has opened, selected or focused something in it. */
function isInUse(element: Element): boolean {
  const selection = document.getSelection();
  return (
    element.contains(document.activeElement) ||
    (selection !== null && !selection.isCollapsed && selection.containsNode(element, true)) ||
    element.querySelector('details[open], textarea, [aria-pressed="true"], [data-popup-open]') !== null
  );
}
