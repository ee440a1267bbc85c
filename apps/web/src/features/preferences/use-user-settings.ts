import type { GenerationSettingsDto, UserSettingsPatch } from '@multimodel/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useServices } from '../../app/services-context.ts';
import { m } from '../../paraglide/messages.js';
import { applyUserSettings, type Preferences } from '../../state/preferences-store.ts';

const settingsKey = ['settings'] as const;

export function useUserSettings() {
  const { client } = useServices();
  return useQuery({ queryKey: settingsKey, queryFn: ({ signal }) => client.settings.get({ signal }) });
}

/** Settings of the account reach this browser once they are known, and whenever they change. */
export function useSyncedPreferences(): void {
  const { preferences } = useServices();
  const { data } = useUserSettings();
  useEffect(() => {
    if (data) applyUserSettings(preferences, data);
  }, [data, preferences]);
}

export function useChangeSettings() {
  const { client, notices, preferences } = useServices();
  const queries = useQueryClient();
  const save = async (patch: UserSettingsPatch) => {
    try {
      await queries.cancelQueries({ queryKey: settingsKey });
      queries.setQueryData(settingsKey, await client.settings.update(patch));
      return true;
    } catch {
      notices.failure(m.preferences_save_failed());
      return false;
    }
  };
  return {
    /** What new chats begin with. Throws: the failure is shown where it was asked for. */
    saveGeneration: async (generation: GenerationSettingsDto) => {
      await queries.cancelQueries({ queryKey: settingsKey });
      queries.setQueryData(settingsKey, await client.settings.update({ generation }));
    },
    saveDefaultModel: (defaultModel: string) => save({ defaultModel }),
    /** On the screen at once, at the server when it gets there. */
    change: (patch: Partial<Pick<Preferences, 'theme' | 'language' | 'sendOnEnter'>>) => {
      preferences.setState(patch);
      return save(patch);
    },
  };
}
