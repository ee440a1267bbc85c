import type { GenerationSettingsDto } from '@multimodel/contract';
import { type ModelParameters, type NumberRange, roundToStep, withSetting } from './changed-settings.ts';

export type PresetId = 'precise' | 'balanced' | 'creative';

/** As parts of the model's range: a temperature of 1 is wild for one model and ordinary for another. */
const temperatureShares: Readonly<Record<PresetId, number>> = { precise: 0.1, balanced: 0.35, creative: 0.6 };

export const presetIds: readonly PresetId[] = ['precise', 'balanced', 'creative'];

/** `balanced` is what the model does by itself, where that is known. */
export function presetTemperature(id: PresetId, range: NumberRange): number {
  if (id === 'balanced' && range.default !== undefined) return range.default;
  return roundToStep(range.min + (range.max - range.min) * temperatureShares[id], { ...range, step: range.step ?? 0.05 });
}

/** Changes how freely words are chosen, and nothing else. Nothing where the model cannot be told. */
export function applyPreset(settings: GenerationSettingsDto, id: PresetId, { temperature }: ModelParameters): GenerationSettingsDto {
  if (!temperature) return settings;
  const value = presetTemperature(id, temperature);
  // Vendors advise against both at once.
  return withSetting(withSetting(settings, 'topP', undefined), 'temperature', value === temperature.default ? undefined : value);
}

/** The preset that the settings are as by now, or `custom`. */
export function activePreset(settings: GenerationSettingsDto, { temperature, topP }: ModelParameters): PresetId | 'custom' | undefined {
  if (!temperature) return undefined;
  if (topP && settings.topP !== undefined && settings.topP !== topP.default) return 'custom';
  const current = settings.temperature ?? temperature.default;
  // Without a default nobody knows what the model does by itself.
  if (current === undefined) return 'custom';
  return presetIds.find((id) => presetTemperature(id, temperature) === current) ?? 'custom';
}
