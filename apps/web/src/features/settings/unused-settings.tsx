import type { GenerationSettingsDto } from '@multimodel/contract';
import { X } from 'lucide-react';
import { formatNumber } from '../chat/facts.ts';
import { useLanguage } from '../preferences/use-texts.ts';
import { useSettingsTexts } from '../settings-pages/use-settings-texts.ts';
import { type ModelParameters, type SettingName, unusedSettings, withSetting } from './changed-settings.ts';
import { useSettingLabels } from './use-setting-labels.ts';

interface UnusedSettingsProps {
  readonly settings: GenerationSettingsDto;
  readonly parameters: ModelParameters | undefined;
  readonly change: (settings: GenerationSettingsDto) => void;
}

/** What was set for another model: kept for going back to it, and marked as without effect here. */
export function UnusedSettings({ settings, parameters, change }: UnusedSettingsProps) {
  const s = useSettingsTexts();
  const language = useLanguage();
  const labels = useSettingLabels();
  const names = unusedSettings(settings, parameters);
  if (names.length === 0) return null;
  return (
    <section className="unused" aria-label={s.settings_unused()}>
      <p>{s.settings_unused()}</p>
      <ul>
        {names.map((name) => (
          <li key={name}>
            <span className="min-w-0 flex-1 truncate">
              {labels[name]()}: <span className="line-through">{shown(settings, name, language)}</span>
            </span>
            <button
              type="button"
              className="reset-button"
              aria-label={s.settings_unused_remove({ name: labels[name]() })}
              onClick={() => change(withSetting(settings, name, undefined))}
            >
              <X size={14} aria-hidden />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function shown(settings: GenerationSettingsDto, name: SettingName, language: 'ru' | 'en'): string {
  const value = settings[name];
  if (typeof value === 'number') return formatNumber(value, language);
  return Array.isArray(value) ? value.join(', ') : String(value);
}
