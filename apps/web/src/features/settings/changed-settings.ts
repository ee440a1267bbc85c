import type { GenerationSettingsDto, ModelDto } from '@multimodel/contract';

export type SettingName = keyof GenerationSettingsDto;

/** Settings of this chat that differ from the model's own and that the model understands. */
export function changedSettings(settings: GenerationSettingsDto, parameters: ModelDto['parameters'] | undefined): readonly SettingName[] {
  const names: readonly SettingName[] = ['systemPrompt', 'temperature', 'topP', 'maxOutputTokens', 'reasoningEffort'];
  return names.filter((name) => {
    const value = settings[name];
    if (value === undefined || value === '') return false;
    if (name === 'systemPrompt' || !parameters) return true;
    const parameter = parameters[name];
    if (!parameter) return false;
    return !('default' in parameter) || parameter.default !== value;
  });
}

/** An absent field means the model's own value. */
export function withSetting<Name extends SettingName>(
  settings: GenerationSettingsDto,
  name: Name,
  value: GenerationSettingsDto[Name],
): GenerationSettingsDto {
  const { [name]: _old, ...rest } = settings;
  return value === undefined || value === '' ? rest : { ...rest, [name]: value };
}

/** The nearest value that the model takes. */
export function clampNumber(
  value: number,
  { min, max, step }: { readonly min: number; readonly max: number; readonly step?: number | undefined },
): number {
  const stepped = step ? Number((Math.round((value - min) / step) * step + min).toFixed(6)) : value;
  return Math.min(max, Math.max(min, stepped));
}
