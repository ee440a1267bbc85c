import { Blocks, type LucideIcon, SlidersHorizontal } from 'lucide-react';
import { useSettingsTexts } from './use-settings-texts.ts';

interface SettingsPlace {
  readonly path: string;
  readonly title: string;
  readonly icon: LucideIcon;
}

/** The pages that have a place in the list and in the palette. */
export function useSettingsPlaces(): readonly SettingsPlace[] {
  const s = useSettingsTexts();
  return [
    { path: '/settings/general', title: s.general_title(), icon: SlidersHorizontal },
    { path: '/settings/providers', title: s.providers_title(), icon: Blocks },
  ];
}
