import type { ChoiceFactsDto, ProviderDto, ProviderPluginDto, ProviderSettingFieldDto } from '@multimodel/contract';
import { type FieldEdits, shownText } from './field-edit.ts';

/** What stands in a field of choices, or holds by itself. */
export function chosenOf(field: ProviderSettingFieldDto, edits: FieldEdits, provider: ProviderDto | undefined): string {
  return shownText(field, edits, provider) || String(field.default ?? '');
}

/** What the choices of the form say of one field. */
export interface FactsOfField {
  /** What holds where it is left empty. */
  readonly usual?: string | undefined;
  readonly isNeeded: boolean;
  /** Where its value is made. */
  readonly link?: string | undefined;
}

export function factsOfField(name: string, chosen: readonly ChoiceFactsDto[]): FactsOfField {
  const of = (record: 'usual' | 'links') => chosen.find((facts) => facts[record]?.[name] !== undefined)?.[record]?.[name];
  return { usual: of('usual'), isNeeded: chosen.some(({ needs }) => needs?.includes(name)), link: of('links') };
}

export function chosenFacts(plugin: ProviderPluginDto, edits: FieldEdits, provider: ProviderDto | undefined): readonly ChoiceFactsDto[] {
  return plugin.fields.flatMap((field) => field.choiceFacts?.[chosenOf(field, edits, provider)] ?? []);
}

export interface ChoiceGroup {
  /** Absent: choices that stand under no heading. */
  readonly title?: string | undefined;
  readonly choices: readonly string[];
}

/** Under their headings, in the order of the plugin. */
export function groupChoices({ choices = [], choiceFacts }: ProviderSettingFieldDto, language: 'ru' | 'en'): readonly ChoiceGroup[] {
  const titles = [...new Set(choices.map((choice) => choiceFacts?.[choice]?.group?.[language]))];
  return titles.map((title) => ({ title, choices: choices.filter((choice) => choiceFacts?.[choice]?.group?.[language] === title) }));
}
