import type { UserSettingsDto } from '@multimodel/contract';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { StorageArea } from './storage-area.ts';

export type Theme = UserSettingsDto['theme'];
export type Language = 'ru' | 'en';

export type FirstRun = 'open' | 'dismissed' | 'over';

export interface Preferences {
  readonly theme: Theme;
  readonly language: Language;
  readonly sendOnEnter: boolean;
  readonly isSidebarOpen: boolean;
  /** Keys that write a character are commands outside of fields. A matter of this keyboard, so of this browser. */
  readonly hasCharacterKeys: boolean;
  /** The invitation to connect a provider: may still come, was put away, or did its work. */
  readonly firstRun: FirstRun;
}

/** `public/theme.js` reads the same key before the first paint. */
export const preferencesKey = 'mmc.preferences';

export interface PreferencesDeps {
  readonly area: StorageArea;
  /** The browser's languages, most wanted first. */
  readonly languages: readonly string[];
}

/** What a person chose for this browser, over what the browser asks for. */
export function createPreferencesStore({ area, languages }: PreferencesDeps): StoreApi<Preferences> {
  const store = createStore<Preferences>(() => ({ ...fromBrowser(languages), ...fromArea(area.read(preferencesKey)) }));
  store.subscribe((preferences) => area.write(preferencesKey, preferences));
  return store;
}

/** Another tab changed them. Whether the list of chats is open is a matter of each tab. */
export function rereadPreferences(store: StoreApi<Preferences>, area: StorageArea): void {
  const { isSidebarOpen: _, ...changes } = fromArea(area.read(preferencesKey));
  store.setState(changes);
}

/** Settings of the account win over those of the browser, where the account has any. */
export function applyUserSettings(store: StoreApi<Preferences>, settings: UserSettingsDto): void {
  const { theme, language, sendOnEnter } = settings;
  const current = store.getState();
  const next = { ...current, theme, sendOnEnter, language: language ?? current.language };
  if (next.theme !== current.theme || next.language !== current.language || next.sendOnEnter !== current.sendOnEnter) store.setState(next);
}

function fromBrowser(languages: readonly string[]): Preferences {
  const wanted = languages.map((tag) => tag.toLowerCase().split('-')[0]).find((tag) => tag === 'ru' || tag === 'en');
  return {
    theme: 'system',
    language: wanted === 'ru' ? 'ru' : 'en',
    sendOnEnter: true,
    isSidebarOpen: true,
    hasCharacterKeys: true,
    firstRun: 'open',
  };
}

function fromArea(value: unknown): Partial<Preferences> {
  if (typeof value !== 'object' || value === null) return {};
  const stored: Partial<Record<keyof Preferences, unknown>> = value;
  return {
    ...(stored.theme === 'light' || stored.theme === 'dark' || stored.theme === 'system' ? { theme: stored.theme } : {}),
    ...(stored.language === 'ru' || stored.language === 'en' ? { language: stored.language } : {}),
    ...(typeof stored.sendOnEnter === 'boolean' ? { sendOnEnter: stored.sendOnEnter } : {}),
    ...(stored.firstRun === 'dismissed' || stored.firstRun === 'over' ? { firstRun: stored.firstRun } : {}),
    ...(typeof stored.hasCharacterKeys === 'boolean' ? { hasCharacterKeys: stored.hasCharacterKeys } : {}),
    ...(typeof stored.isSidebarOpen === 'boolean' ? { isSidebarOpen: stored.isSidebarOpen } : {}),
  };
}
