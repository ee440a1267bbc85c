import type { Language, Theme } from '../../state/preferences-store.ts';

export const themes: readonly Theme[] = ['system', 'light', 'dark'];

/** Languages are named in themselves, so that nobody gets lost in a wrong one. */
export const languages: readonly { readonly id: Language; readonly name: string }[] = [
  { id: 'ru', name: '\u0420\u0443\u0441\u0441\u043a\u0438\u0439' },
  { id: 'en', name: 'English' },
];
