import { schedule } from '../app/browser.ts';
import { tooltipPlace } from './tooltip-place.ts';
import { TooltipTiming } from './tooltip-timing.ts';

const anchorSelector = '[data-tooltip]:not(:disabled)';

/** Shows the names of all buttons that have only a picture. One for the page: a chat has thousands of such buttons. */
export function startTooltips(): void {
  const popup = new TooltipPopup();
  const timing = new TooltipTiming<HTMLElement>({
    now: () => performance.now(),
    schedule,
    show: (anchor) => popup.show(anchor),
    hide: () => popup.hide(),
  });
  popup.onOrphaned = () => timing.dismiss();
  const listen = { passive: true, capture: true } as const;
  document.addEventListener(
    'pointerover',
    ({ target, pointerType }) => {
      if (pointerType === 'touch') return;
      if (popup.contains(target)) timing.pointsAtTooltip();
      else timing.pointsAt(anchorOf(target));
    },
    listen,
  );
  document.documentElement.addEventListener('pointerleave', () => timing.pointsAt(undefined), { passive: true });
  document.addEventListener('focusin', ({ target }) => timing.focuses(focusedAnchor(target)), listen);
  document.addEventListener('focusout', () => timing.focuses(undefined), listen);
  document.addEventListener('pointerdown', () => timing.dismiss(), listen);
  document.addEventListener('click', () => timing.dismiss(), listen);
  window.addEventListener('keydown', ({ key }) => key === 'Escape' && timing.dismiss(), listen);
  window.addEventListener('scroll', () => popup.place(), listen);
  window.addEventListener('resize', () => popup.place(), listen);
}

const anchorOf = (target: EventTarget | null): HTMLElement | undefined =>
  (target instanceof Element && target.closest<HTMLElement>(anchorSelector)) || undefined;

/** A click gives the focus too, and there the name would only be in the way. */
const focusedAnchor = (target: EventTarget | null): HTMLElement | undefined =>
  target instanceof HTMLElement && target.matches(anchorSelector) && target.matches(':focus-visible') ? target : undefined;

class TooltipPopup {
  /** What it belonged to is gone, or cannot be used any more. */
  onOrphaned: (() => void) | undefined;
  readonly #element = document.createElement('div');
  readonly #watch = new MutationObserver(() => this.#look());
  #anchor: HTMLElement | undefined;

  constructor() {
    this.#element.className = 'tooltip';
    // The button has the same name already.
    this.#element.setAttribute('aria-hidden', 'true');
  }

  contains(target: EventTarget | null): boolean {
    return target instanceof Node && this.#element.contains(target);
  }

  show(anchor: HTMLElement): void {
    this.#anchor = anchor;
    this.#element.textContent = anchor.getAttribute('aria-label');
    // At the end, so that it lies over whatever was opened since.
    document.body.append(this.#element);
    this.place();
    this.#watch.disconnect();
    this.#watch.observe(document.body, { childList: true, subtree: true, attributeFilter: ['aria-label', 'disabled'] });
  }

  hide(): void {
    this.#watch.disconnect();
    this.#anchor = undefined;
    this.#element.remove();
  }

  place(): void {
    if (!this.#anchor) return;
    const view = { width: document.documentElement.clientWidth, height: window.innerHeight };
    const { left, top } = tooltipPlace(this.#anchor.getBoundingClientRect(), this.#element.getBoundingClientRect(), view);
    Object.assign(this.#element.style, { left: `${left}px`, top: `${top}px` });
  }

  #look(): void {
    if (!this.#anchor) return;
    if (!this.#anchor.isConnected || this.#anchor.matches(':disabled')) {
      this.onOrphaned?.();
      return;
    }
    const name = this.#anchor.getAttribute('aria-label');
    if (this.#element.textContent === name) return;
    this.#element.textContent = name;
    this.place();
  }
}
