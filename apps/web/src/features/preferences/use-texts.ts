import { useStore } from 'zustand';
import { useServices } from '../../app/services-context.ts';
import { m } from '../../paraglide/messages.js';

/** The message catalogue; the component renders again when the language changes. */
export function useTexts(): typeof m {
  useStore(useServices().preferences, (preferences) => preferences.language);
  return m;
}

export function useLanguage(): 'ru' | 'en' {
  return useStore(useServices().preferences, (preferences) => preferences.language);
}
