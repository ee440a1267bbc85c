import type { GenerationSettingsDto, ModelDto } from '@multimodel/contract';

export type SettingName = keyof GenerationSettingsDto;
export type ModelParameters = ModelDto['parameters'];

export const settingNames: readonly SettingName[] = [
  'systemPrompt',
  'temperature',
  'maxOutputTokens',
  'topP',
  'stop',
  'seed',
  'reasoningEffort',
];

/** Settings of this chat that differ from the model's own and that the model understands. */
export function changedSettings(settings: GenerationSettingsDto, parameters: ModelParameters | undefined): readonly SettingName[] {
  return settingNames.filter((name) => {
    const value = settings[name];
    if (value === undefined || value === '' || !isUsed(name, parameters)) return false;
    const parameter = name === 'systemPrompt' ? undefined : parameters?.[name];
    return typeof parameter !== 'object' || !('default' in parameter) || parameter.default !== value;
  });
}

/** Settings that are kept although this model has no use for them. */
export function unusedSettings(settings: GenerationSettingsDto, parameters: ModelParameters | undefined): readonly SettingName[] {
  return settingNames.filter((name) => settings[name] !== undefined && !isUsed(name, parameters));
}

function isUsed(name: SettingName, parameters: ModelParameters | undefined): boolean {
  return name === 'systemPrompt' || !parameters || Boolean(parameters[name]);
}

/** Settings in which the two are not the same. */
export function differingSettings(one: GenerationSettingsDto, other: GenerationSettingsDto): readonly SettingName[] {
  return settingNames.filter((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]));
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

export interface NumberRange {
  readonly min: number;
  readonly max: number;
  readonly step?: number | undefined;
  readonly default?: number | undefined;
}

/** On the step, without the dust of binary fractions. */
export function roundToStep(value: number, { min, step }: NumberRange): number {
  return step ? Number((Math.round((value - min) / step) * step + min).toFixed(6)) : value;
}

/** What a text in a number's field stands for: nothing, a number that the model takes, or none. */
export function readNumber(text: string, range: NumberRange): { readonly value: number | undefined } | 'not-a-number' | 'out-of-range' {
  const written = text
    .trim()
    .replace(/[\s\u00a0\u202f]/g, '')
    .replace(',', '.');
  if (written === '') return { value: undefined };
  const number = Number(written);
  if (Number.isNaN(number)) return 'not-a-number';
  return isInRange(number, range) ? { value: roundToStep(number, range) } : 'out-of-range';
}

export function isInRange(value: number, { min, max }: NumberRange): boolean {
  return value >= min && value <= max;
}
