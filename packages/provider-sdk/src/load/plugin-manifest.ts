import type { ProviderPlugin } from '@multimodel/core';
import { z } from 'zod';

const text = z.string('must be a text').trim().min(1, 'must not be empty');
const localized = z.object({ ru: text, en: text }, 'must hold a text in `ru` and one in `en`');
const method = z.custom<(...input: never[]) => unknown>((value) => typeof value === 'function', 'must be a function');

const field = z.object({
  name: text,
  kind: z.enum(['string', 'number', 'boolean', 'choice', 'json'], 'must be "string", "number", "boolean", "choice" or "json"'),
  isRequired: z.boolean('must be true or false'),
  isSecret: z.boolean('must be true or false'),
  isAdvanced: z.boolean('must be true or false'),
  isAddress: z.boolean('must be true or false'),
  label: localized,
  help: localized.optional(),
});

const manifest = z.object(
  {
    id: z.string('must be a text').regex(/^[a-z][a-z0-9-]*$/, 'must be lower-case letters, digits and dashes'),
    displayName: text,
    about: localized.optional(),
    isDemo: z.boolean('must be true or false').optional(),
    settings: z.object(
      { fields: z.array(field, 'must be a list of fields'), parse: method },
      'must be what `defineProvider` makes of a zod object: {fields, parse}',
    ),
    environment: z.record(z.string(), text, 'must map variables to settings, for example {ACME_API_KEY: "apiKey"}'),
    create: method,
  },
  'must be a plugin, as `defineProvider({...})` makes it',
);

/** What is wrong with a value that should be a plugin, a sentence for each field; none when it is one. */
export function manifestFaults(value: unknown): readonly string[] {
  const { error, data } = manifest.safeParse(value);
  if (error) return error.issues.map(({ path, message }) => (path.length === 0 ? message : `${pathText(path)} ${message}`));
  const names = data.settings.fields.map(({ name }) => name);
  return Object.entries(data.environment)
    .filter(([, name]) => !names.includes(name))
    .map(([variable, name]) => `environment.${variable} stands for "${name}", which is no setting: ${names.join(', ')}`);
}

export function isPlugin(value: unknown): value is ProviderPlugin {
  return manifestFaults(value).length === 0;
}

function pathText(path: readonly PropertyKey[]): string {
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`)).join('');
}
