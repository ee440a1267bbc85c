import { AppError, type FieldFault, fieldFault, inEvery, inLanguage, type SettingsSchema } from '@multimodel/core';
import type { z } from 'zod';
import { faultTexts } from '../errors/fault-texts.ts';
import { textOfIssue } from './fault-issue.ts';
import { faultInWords } from './fault-words.ts';
import { nearestSpelling } from './nearest-spelling.ts';
import { toSettingFields } from './setting-fields.ts';

/**
 * A zod object as core's `SettingsSchema`: fields for forms, and a strict `parse` that names each wrong field and the nearest spelling
 * of each unknown one.
 */
export function createSettingsSchema<Schema extends z.ZodObject>(pluginId: string, settings: Schema): SettingsSchema<z.output<Schema>> {
  const names = Object.keys(settings.shape);
  return {
    fields: toSettingFields(settings),
    parse(input) {
      const parsed = settings.safeParse(input, { error: faultInWords('en') });
      const strangers = unknownFields(input, names);
      if (parsed.success && strangers.length === 0) return parsed.data;
      // The same faults in the same order, in other words.
      const inRussian = parsed.success ? undefined : settings.safeParse(input, { error: faultInWords('ru') }).error?.issues;
      const faults = [...strangers, ...(parsed.error?.issues ?? []).flatMap((issue, at) => toFaults(issue, inRussian?.[at]?.message))];
      const sentences = inEvery((language) => faults.map((fault) => inSentence(fault, inLanguage(fault, language))).join('; '));
      throw new AppError('validation_failed', faultTexts.wrongSettings(pluginId, sentences), { details: { fields: faults } });
    },
  };
}

const inSentence = ({ path }: FieldFault, message: string): string => (path === '' ? message : `${path}: ${message}`);

function unknownFields(input: unknown, names: readonly string[]): readonly FieldFault[] {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return [];
  return Object.keys(input)
    .filter((name) => !names.includes(name))
    .map((name) => unknownField([], name, names));
}

function unknownField(at: readonly PropertyKey[], name: string, names: readonly string[]): FieldFault {
  const nearest = nearestSpelling(name, names);
  const text = {
    ru: nearest === undefined ? 'Такой настройки нет' : `Такой настройки нет; может быть, ${nearest}?`,
    en: nearest === undefined ? 'There is no such setting' : `There is no such setting; did you mean ${nearest}?`,
  };
  return { ...fieldFault([...at, name].map(String).join('.'), text), ...(names.length > 0 ? { allowed: names } : {}) };
}

function toFaults(issue: z.core.$ZodIssue, inRussian: string | undefined): readonly FieldFault[] {
  if (issue.code === 'unrecognized_keys') return issue.path.length === 0 ? [] : issue.keys.map((key) => unknownField(issue.path, key, []));
  const allowed = issue.code === 'invalid_value' ? issue.values.map(String) : undefined;
  const text = textOfIssue(issue) ?? { ru: inRussian ?? issue.message, en: issue.message };
  return [{ ...fieldFault(issue.path.map(String).join('.'), text), ...(allowed ? { allowed } : {}) }];
}
