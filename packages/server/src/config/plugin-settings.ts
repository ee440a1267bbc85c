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
    // The fault of the plugin: the provider will be shown as broken, and the others work.
    if (!(error instanceof AppError)) return [];
    const details = fieldErrors.safeParse(error.details);
    if (!details.success) return [{ ...nameField(''), message: error.message }];
    return details.data.fields.map((fault) => describe(plugin, fault, nameField));
  }
}

function describe(plugin: ProviderPlugin, { path, message, allowed }: FieldError, nameField: NameField): ConfigProblem {
  const field = plugin.settings.fields.find(({ name }) => name === path.split('.', 1)[0]);
  if (message === 'Required') return { ...nameField(path), message: `is missing${field ? `: ${meaningOf(field)}` : ''}.` };
  const own = field?.kind === 'choice' ? field.choices : undefined;
  // The sentence names them already.
  const choices = allowed?.every((choice) => message.includes(choice)) ? undefined : (allowed ?? own)?.join(', ');
  return { ...nameField(path), message: withFullStop(message), allowed: choices };
}

function withFullStop(message: string): string {
  return /[.?!]$/.test(message) ? message : `${message}.`;
}

function meaningOf({ help, label }: SettingField): string {
  return (help?.en ?? label.en).replace(/\.$/, '');
}
