import { useSettingsTexts } from '../settings-pages/use-settings-texts.ts';
import type { SettingName } from './changed-settings.ts';

/** What each setting is called. */
export function useSettingLabels(): Readonly<Record<SettingName, () => string>> {
  const s = useSettingsTexts();
  return {
    systemPrompt: s.settings_system_prompt,
    temperature: s.settings_temperature,
    maxOutputTokens: s.settings_length,
    topP: s.settings_top_p,
    stop: s.settings_stop,
    seed: s.settings_seed,
    reasoningEffort: s.settings_reasoning,
  };
}
