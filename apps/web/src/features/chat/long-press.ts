const holdMs = 500;
/** A finger is never quite still. */
const driftPx = 10;

/** A finger that rests on something that `find` knows. What the press began must not end as a click. */
export function onLongPress<Target>(
  element: HTMLElement,
  find: (target: EventTarget | null) => Target | undefined,
  press: (target: Target) => void,
): () => void {
  const events = new AbortController();
  const { signal } = events;
  let timer: number | undefined;
  let start = { x: 0, y: 0 };
  let isTouch = false;
  let isPressed = false;
  const cancel = () => window.clearTimeout(timer);

  element.addEventListener(
    'pointerdown',
    (event) => {
      cancel();
      isTouch = event.pointerType === 'touch';
      const target = find(event.target);
      if (!isTouch || !event.isPrimary || target === undefined) return;
      start = { x: event.clientX, y: event.clientY };
      timer = window.setTimeout(() => {
        isPressed = true;
        getSelection()?.removeAllRanges();
        press(target);
      }, holdMs);
    },
    { signal },
  );
  const moved = (event: PointerEvent) => Math.hypot(event.clientX - start.x, event.clientY - start.y) > driftPx && cancel();
  element.addEventListener('pointermove', moved, { signal, passive: true });
  for (const type of ['pointerup', 'pointercancel', 'scroll'] as const) element.addEventListener(type, cancel, { signal, passive: true });
  element.addEventListener('contextmenu', (event) => isTouch && find(event.target) !== undefined && event.preventDefault(), { signal });
  // The finger that goes up closes nothing and clicks on nothing: whoever listens on the document hears nothing of it.
  const swallow = (event: Event) => {
    if (!isPressed) return;
    if (event.cancelable) event.preventDefault();
    event.stopImmediatePropagation();
    // Kept from becoming a click, it was the last word of this press.
    if (event.type.startsWith('touch')) window.setTimeout(() => (isPressed = false));
  };
  for (const type of ['touchend', 'touchcancel', 'pointerup', 'mousedown', 'mouseup', 'click']) {
    window.addEventListener(type, swallow, { signal, capture: true, passive: false });
  }
  window.addEventListener('pointerdown', () => (isPressed = false), { signal, capture: true });
  return () => {
    cancel();
    events.abort();
  };
}
