import { CornerDownLeft, Languages, Monitor, Moon, Sun } from 'lucide-react';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useServices } from '../../app/services-context.ts';
import type { Language, Theme } from '../../state/preferences-store.ts';
import { useTexts } from '../preferences/use-texts.ts';
import { useChangeSettings } from '../preferences/use-user-settings.ts';
import type { Command } from './command-registry.ts';
import { useCommands } from './use-commands.ts';

/** Each in its own words, so that nobody gets lost in a wrong one. */
const languages: readonly (readonly [Language, string])[] = [
  ['ru', '\u0420\u0443\u0441\u0441\u043a\u0438\u0439'],
  ['en', 'English'],
];

/** Look and language: offered while the palette is there. */
export function usePreferenceCommands(): void {
  const t = useTexts();
  const { preferences } = useServices();
  const { change } = useChangeSettings();
  const { theme, language, sendOnEnter } = useStore(preferences);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `change` is new each time and always does the same
  const list = useMemo(() => {
    const themes = [
      ['system', t.theme_system, Monitor],
      ['light', t.theme_light, Sun],
      ['dark', t.theme_dark, Moon],
    ] as const satisfies readonly (readonly [Theme, () => string, unknown])[];
    return [
      ...themes.map(
        ([value, name, icon]): Command => ({
          id: `theme-${value}`,
          group: 'page',
          title: () => t.palette_theme({ name: name().toLocaleLowerCase(language) }),
          icon,
          isAvailable: () => value !== theme,
          run: () => void change({ theme: value }),
        }),
      ),
      ...languages.map(
        ([value, name]): Command => ({
          id: `language-${value}`,
          group: 'page',
          title: () => t.palette_language({ name }),
          words: () => 'language',
          icon: Languages,
          isAvailable: () => value !== language,
          run: () => void change({ language: value }),
        }),
      ),
      {
        id: 'send-on-enter',
        group: 'page',
        title: sendOnEnter ? t.palette_send_by_ctrl_enter : t.palette_send_by_enter,
        icon: CornerDownLeft,
        run: () => void change({ sendOnEnter: !sendOnEnter }),
      } satisfies Command,
    ];
  }, [t, theme, language, sendOnEnter]);
  useCommands(list);
}
