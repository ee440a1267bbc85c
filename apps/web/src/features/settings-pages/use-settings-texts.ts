import { useStore } from 'zustand';
import { useServices } from '../../app/services-context.ts';
import { getLocale } from '../../paraglide/runtime.js';
import { m as s } from '../../paraglide/settings/messages.js';
import { overwriteGetLocale } from '../../paraglide/settings/runtime.js';

// The second catalogue speaks the language of the first.
overwriteGetLocale(() => getLocale());

/** Texts of the settings pages, which are not in the first load; the component renders again when the language changes. */
export function useSettingsTexts(): typeof s {
  useStore(useServices().preferences, (preferences) => preferences.language);
  return s;
}
