const candidates = 'a[href], button, input, textarea, select, summary, [tabindex]';

/** What Tab would visit inside. */
export function tabbable(container: HTMLElement): readonly HTMLElement[] {
  return [...container.querySelectorAll<HTMLElement>(candidates)].filter(
    (element) => element.tabIndex >= 0 && !element.matches(':disabled') && element.checkVisibility(),
  );
}
