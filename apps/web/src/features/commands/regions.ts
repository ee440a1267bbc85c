import { tabbable } from './tabbable.ts';

/** Notices bring their own F6: it leads to them from everywhere, and from them it goes on here. */
function isTakenByNotices(): boolean {
  const notices = document.querySelector('.notices');
  return notices !== null && notices.childElementCount > 0 && notices !== document.activeElement;
}

/** Focus goes to the next part of the page (or the one before), round and round. Parts are marked with `data-region`. */
export function focusRegion(step: 1 | -1): void {
  if (isTakenByNotices()) return;
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter((region) => region.checkVisibility());
  const current = regions.findIndex((region) => region.contains(document.activeElement));
  const from = current === -1 && step === -1 ? 0 : current;
  for (let tried = 1; tried <= regions.length; tried += 1) {
    const region = regions[(from + step * tried + regions.length * 2) % regions.length];
    const target = region && startOf(region);
    if (!target) continue;
    target.focus();
    return;
  }
}

/** A region that can have the focus itself, what it names as its start, or the first thing in it. */
function startOf(region: HTMLElement): HTMLElement | undefined {
  if (region.tabIndex >= 0) return region;
  return region.querySelector<HTMLElement>('[data-region-start]') ?? tabbable(region)[0];
}
