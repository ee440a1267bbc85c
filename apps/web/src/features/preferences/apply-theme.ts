import type { StoreApi } from 'zustand/vanilla';
import type { Preferences } from '../../state/preferences-store.ts';

/** Keeps the document's theme and language as chosen. `public/theme.js` does the same before the first paint. */
export function applyPreferences(preferences: StoreApi<Preferences>): void {
  const systemIsDark = window.matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    const { theme, language } = preferences.getState();
    const isDark = theme === 'dark' || (theme === 'system' && systemIsDark.matches);
    document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
    document.documentElement.lang = language;
    const colour = getComputedStyle(document.documentElement).getPropertyValue('--color-page').trim();
    if (colour) document.querySelector('meta[name="theme-color"]')?.setAttribute('content', colour);
  };
  apply();
  preferences.subscribe(apply);
  systemIsDark.addEventListener('change', apply);
}
