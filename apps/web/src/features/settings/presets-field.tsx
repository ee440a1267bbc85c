import type { GenerationSettingsDto } from '@multimodel/contract';
import { useId } from 'react';
import { formatNumber } from '../chat/facts.ts';
import { useLanguage } from '../preferences/use-texts.ts';
import { useSettingsTexts } from '../settings-pages/use-settings-texts.ts';
import type { ModelParameters } from './changed-settings.ts';
import { activePreset, applyPreset, presetIds, presetTemperature } from './presets.ts';

interface PresetsFieldProps {
  readonly settings: GenerationSettingsDto;
  readonly parameters: ModelParameters;
  readonly change: (settings: GenerationSettingsDto) => void;
}

/** Three ways to answer, in words; set by hand it is none of them. */
export function PresetsField({ settings, parameters, change }: PresetsFieldProps) {
  const s = useSettingsTexts();
  const language = useLanguage();
  const name = useId();
  const { temperature } = parameters;
  const active = activePreset(settings, parameters);
  if (!temperature || !active) return null;
  const labels = { precise: s.preset_precise, balanced: s.preset_balanced, creative: s.preset_creative, custom: s.preset_custom };
  const words = {
    precise: s.preset_precise_help,
    balanced: s.preset_balanced_help,
    creative: s.preset_creative_help,
    custom: s.preset_custom_help,
  };
  const value = active === 'custom' ? settings.temperature : presetTemperature(active, temperature);
  return (
    <fieldset className="field" aria-describedby={`${name}-help`}>
      <legend className="field-head">{s.preset_label()}</legend>
      <div className="segments">
        {[...presetIds, ...(active === 'custom' ? (['custom'] as const) : [])].map((id) => (
          <label key={id} className="segment" data-active={id === active || undefined}>
            <input
              type="radio"
              className="sr-only"
              name={name}
              value={id}
              checked={id === active}
              onChange={() => id !== 'custom' && change(applyPreset(settings, id, parameters))}
            />
            {labels[id]()}
          </label>
        ))}
      </div>
      <p id={`${name}-help`} className="field-help" aria-live="polite">
        {words[active]()} {active !== 'custom' && value !== undefined && s.preset_temperature({ value: formatNumber(value, language) })}
      </p>
    </fieldset>
  );
}
