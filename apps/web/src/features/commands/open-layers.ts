const layers = ['dialog', 'alertdialog', 'menu', 'listbox'].map((role) => `[role="${role}"][data-open]`).join();

/** Whether something lies over the page that Esc closes first. Base UI marks its own; others carry `data-open` or `data-closes-on-escape`. */
export function isLayerOpen(): boolean {
  return document.querySelector(`${layers}, [data-closes-on-escape]`) !== null;
}

/** Whether keys write text here. */
export function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}
