import type { JsonObject, ProviderPlugin } from '@multimodel/core';
import { nearestSpelling } from '@multimodel/provider-sdk';
import { z } from 'zod';
import type { ConfiguredProvider } from './config.ts';
import type { ConfigProblem } from './config-error.ts';
import { isObject } from './config-file.ts';
import { checkPluginSettings } from './plugin-settings.ts';

const slugPattern = /^[a-z0-9](?:[a-z0-9._-]{0,58}[a-z0-9])?$/;
const members = ['slug', 'plugin', 'displayName', 'enabled', 'settings'] as const;

const allowed: Readonly<Record<(typeof members)[number], string>> = {
  slug: 'small Latin letters, digits, "-", "_" and ".", 60 characters at most',
  plugin: 'the id of a plugin',
  displayName: 'a text of 1 to 80 characters',
  enabled: 'true or false',
  settings: 'an object with the settings of the plugin',
};

const entrySchema = z.object({
  slug: z.string().regex(slugPattern),
  plugin: z.string().min(1),
  displayName: z.string().trim().min(1).max(80).optional(),
  enabled: z.boolean().default(true),
  settings: z.record(z.string(), z.json().optional()).default({}),
});

export interface FileProvidersContext {
  /** Path of the file. */
  readonly source: string;
  readonly plugins: readonly ProviderPlugin[];
  readonly problems: ConfigProblem[];
}

/** The `providers` of the configuration file, references resolved. */
export function readFileProviders(value: unknown, context: FileProvidersContext): readonly ConfiguredProvider[] {
  const { source, problems } = context;
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    problems.push({ key: 'providers', source, message: 'must be a list: [{"slug": ..., "plugin": ..., "settings": {...}}].' });
    return [];
  }
  const providers = value.flatMap((entry: unknown, index) => readEntry(entry, `providers[${index}]`, context));
  const seen = new Set<string>();
  for (const { slug } of providers) {
    if (seen.has(slug))
      problems.push({ key: 'providers', source, message: `the slug "${slug}" stands there twice; each provider needs its own.` });
    seen.add(slug);
  }
  return providers;
}

function readEntry(entry: unknown, path: string, context: FileProvidersContext): readonly ConfiguredProvider[] {
  const { source, plugins, problems } = context;
  if (isObject(entry)) problems.push(...unknownMembers(entry, path, source));
  const parsed = entrySchema.safeParse(entry);
  if (!parsed.success) {
    problems.push(...parsed.error.issues.map((issue) => badMember(issue, path, source)));
    return [];
  }
  const { slug, plugin: pluginId, displayName, enabled } = parsed.data;
  const plugin = plugins.find(({ id }) => id === pluginId);
  if (!plugin) {
    const ids = plugins.map(({ id }) => id);
    problems.push({
      key: `${path}.plugin`,
      source,
      message: `there is no plugin "${pluginId}".`,
      nearest: nearestSpelling(pluginId, ids),
      allowed: ids.join(', '),
    });
    return [];
  }
  const settings = definedOnly(parsed.data.settings);
  // A provider that is switched off may be incomplete: its variables are often gone.
  if (enabled) problems.push(...checkPluginSettings(plugin, settings, (field) => ({ key: join(`${path}.settings`, field), source })));
  return [{ slug, plugin: plugin.id, displayName: displayName ?? plugin.displayName, isEnabled: enabled, settings, source: 'config' }];
}

function definedOnly(settings: z.output<typeof entrySchema>['settings']): JsonObject {
  return Object.fromEntries(Object.entries(settings).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
}

function unknownMembers(entry: Record<string, unknown>, path: string, source: string): readonly ConfigProblem[] {
  const unknown = Object.keys(entry).filter((name) => !members.some((member) => member === name));
  return unknown.map((name) => ({
    key: `${path}.${name}`,
    source,
    message: 'is not a known setting.',
    nearest: nearestSpelling(name, members),
    allowed: members.join(', '),
  }));
}

function badMember(issue: z.core.$ZodIssue, path: string, source: string): ConfigProblem {
  const member = members.find((name) => name === issue.path[0]);
  const isMissing = issue.code === 'invalid_type' && issue.input === undefined;
  const message = isMissing ? 'is missing.' : 'cannot be used.';
  return { key: join(path, issue.path.join('.')), source, message, allowed: member === undefined ? 'an object {...}' : allowed[member] };
}

const join = (path: string, field: string): string => (field === '' ? path : `${path}.${field}`);
