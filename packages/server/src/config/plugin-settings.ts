import { AppError, type JsonObject, type ProviderPlugin, type SettingField } from '@multimodel/core';
import { z } from 'zod';
import type { ConfigProblem } from './config-error.ts';

const fieldErrorSchema = z.object({ path: z.string(), message: z.string(), allowed: z.array(z.string()).optional() });
const fieldErrors = z.object({ fields: z.array(fieldErrorSchema) });
type FieldError = z.output<typeof fieldErrorSchema>;

/** How the person named a field of the settings. */
export type NameField = (field: string) => { readonly key: string; readonly source: string };

/** Everything that the plugin finds wrong in `values`, in the words of the configuration. Never quotes a value. */
export function checkPluginSettings(plugin: ProviderPlugin, values: JsonObject, nameField: NameField): readonly ConfigProblem[] {
  try {
    plugin.settings.parse(values);
    return [];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const details = fieldErrors.safeParse(error.details);
    if (!details.success) return [{ ...nameField(''), message: error.message }];
    return details.data.fields.map((fault) => describe(plugin, fault, nameField));
  }
}

function describe(plugin: ProviderPlugin, { path, message, allowed }: FieldError, nameField: NameField): ConfigProblem {
  const field = plugin.settings.fields.find(({ name }) => name === path.split('.', 1)[0]);
  const sentence = /[.?!]$/.test(message) ? message : `${message}.`;
  return { ...nameField(path), message: sentence, allowed: allowed?.join(', ') ?? (field && allowedIn(field)) };
}

function allowedIn(field: SettingField): string {
  const meaning = field.help?.en ?? field.label.en;
  switch (field.kind) {
    case 'choice':
      return (field.choices ?? []).join(', ');
    case 'boolean':
      return 'true or false';
    case 'number':
      return `a number (${meaning})`;
    case 'json':
      return `JSON (${meaning})`;
    case 'string':
      return `text (${meaning})`;
    default:
      return field.kind satisfies never;
  }
}
