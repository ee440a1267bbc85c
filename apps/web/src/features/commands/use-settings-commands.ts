import { Plus } from 'lucide-react';
import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import { useLanguage, useTexts } from '../preferences/use-texts.ts';
import { useSettingsPlaces } from '../settings-pages/settings-places.ts';
import { useSettingsTexts } from '../settings-pages/use-settings-texts.ts';
import type { Command } from './command-registry.ts';
import { useCommands } from './use-commands.ts';

/** Every page of the settings: offered while the palette is there. */
export function useSettingsCommands(): void {
  const t = useTexts();
  const s = useSettingsTexts();
  const language = useLanguage();
  const navigate = useNavigate();
  const places = useSettingsPlaces();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the places differ by their language alone
  const list = useMemo(
    (): readonly Command[] => [
      ...places.map(
        ({ path, title, icon }): Command => ({
          id: `open-${path}`,
          group: 'page',
          title: () => t.palette_settings({ name: title }),
          words: () => path,
          icon,
          run: () => void navigate(path),
        }),
      ),
      {
        id: 'connect-provider',
        group: 'page',
        title: s.providers_add,
        words: () => 'provider new',
        icon: Plus,
        run: () => void navigate('/settings/providers/new'),
      },
    ],
    [t, s, language, navigate],
  );
  useCommands(list);
}
