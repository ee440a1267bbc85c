import { AppError, type SettingsSchema } from '@multimodel/core';
import type { z } from 'zod';
import { faultInWords } from './fault-words.ts';
import { nearestSpelling } from './nearest-spelling.ts';
import { toSettingFields } from './setting-fields.ts';

/** One wrong field, as it stands in `details.fields` of `validation_failed`. Never holds the value: it may be a secret. */
export interface FieldFault {
  /** Names joined with dots; empty for the settings as a whole. */
  readonly path: string;
  readonly message: string;
  /** Values or names that would be right. */
  readonly allowed?: readonly string[] | undefined;
}

/**
 * A zod object as core's `SettingsSchema`: fields for forms, and a strict `parse` that names each wrong field and the nearest spelling
 * of each unknown one.
 */
export function createSettingsSchema<Schema extends z.ZodObject>(pluginId: string, settings: Schema): SettingsSchema<z.output<Schema>> {
  const names = Object.keys(settings.shape);
  return {
    fields: toSettingFields(settings),
    parse(input) {
      const parsed = settings.safeParse(input, { error: faultInWords });
      const faults = [...unknownFields(input, names), ...(parsed.error?.issues ?? []).flatMap(toFaults)];
      if (parsed.success && faults.length === 0) return parsed.data;
      const sentences = faults.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
      throw new AppError('validation_failed', `Wrong settings of ${pluginId}. ${sentences.join('; ')}`, { details: { fields: faults } });
    },
  };
}

function unknownFields(input: unknown, names: readonly string[]): readonly FieldFault[] {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return [];
  return Object.keys(input)
    .filter((name) => !names.includes(name))
    .map((name) => unknownField([], name, names));
}

function unknownField(at: readonly PropertyKey[], name: string, names: readonly string[]): FieldFault {
  const nearest = nearestSpelling(name, names);
  const message = nearest === undefined ? 'There is no such setting' : `There is no such setting; did you mean ${nearest}?`;
  return { path: [...at, name].map(String).join('.'), message, ...(names.length > 0 ? { allowed: names } : {}) };
}

function toFaults(issue: z.core.$ZodIssue): readonly FieldFault[] {
  if (issue.code === 'unrecognized_keys') return issue.path.length === 0 ? [] : issue.keys.map((key) => unknownField(issue.path, key, []));
  const allowed = issue.code === 'invalid_value' ? issue.values.map(String) : undefined;
  return [{ path: issue.path.map(String).join('.'), message: issue.message, ...(allowed ? { allowed } : {}) }];
}
