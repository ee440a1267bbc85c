import type { JsonObject, ProviderPlugin } from '@multimodel/core';
import { nearestSpelling } from '@multimodel/provider-sdk';
import { z } from 'zod';
import type { BrokenPlugin, ConfiguredProvider } from './config.ts';
import { addProblems, type ConfigProblem } from './config-error.ts';
import { isObject } from './config-file.ts';
import { checkPluginSettings } from './plugin-settings.ts';

const longestShown = 80;
const slugPattern = /^[a-z0-9](?:[a-z0-9._-]{0,58}[a-z0-9])?$/;
const members = ['slug', 'plugin', 'package', 'displayName', 'enabled', 'settings'] as const;

const allowed: Readonly<Record<(typeof members)[number], string>> = {
  slug: 'small Latin letters, digits, "-", "_" and ".", 60 characters at most',
  plugin: 'the id of a plugin',
  package: 'the name of an npm package, for the plugin ai-sdk',
  displayName: 'a text of 1 to 80 characters',
  enabled: 'true or false',
  settings: 'an object with the settings of the plugin',
};

const entrySchema = z.object({
  slug: z.string().regex(slugPattern),
  plugin: z.string().min(1),
  package: z.string().min(1).optional(),
  displayName: z.string().trim().min(1).max(80).optional(),
  enabled: z.boolean().default(true),
  settings: z.record(z.string(), z.json()).default({}),
});

export interface FileProvidersContext {
  /** Path of the file. */
  readonly source: string;
  readonly plugins: readonly ProviderPlugin[];
  readonly brokenPlugins: readonly BrokenPlugin[];
  readonly problems: ConfigProblem[];
  /** The variable of each path that has one. */
  readonly references: ReadonlyMap<string, string>;
}

/** The `providers` of the configuration file, references resolved. */
export function readFileProviders(value: unknown, context: FileProvidersContext): readonly ConfiguredProvider[] {
  const { source, problems } = context;
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    problems.push({ key: 'providers', source, message: 'must be a list: [{"slug": ..., "plugin": ..., "settings": {...}}].' });
    return [];
  }
  const slugs = new Map<string, string>();
  return value.flatMap((entry: unknown, index) => {
    const path = `providers[${index}]`;
    const providers = readEntry(entry, path, context);
    for (const { slug } of providers) {
      const first = slugs.get(slug);
      if (first !== undefined) addProblems(problems, [takenSlug({ slug, path, first }, source)]);
      else slugs.set(slug, path);
    }
    return providers;
  });
}

function takenSlug({ slug, path, first }: { slug: string; path: string; first: string }, source: string): ConfigProblem {
  return { key: `${path}.slug`, source, message: `"${slug}" is the slug of ${first} already; each provider needs its own.` };
}

function readEntry(entry: unknown, path: string, context: FileProvidersContext): readonly ConfiguredProvider[] {
  const { source, problems } = context;
  if (isObject(entry)) addProblems(problems, unknownMembers(entry, path, source));
  const parsed = entrySchema.safeParse(entry, { reportInput: true });
  if (!parsed.success) {
    addProblems(
      problems,
      parsed.error.issues.map((issue) => badMember(issue, path, source)),
    );
    return [];
  }
  const { slug, plugin: pluginId, package: packageName, displayName, enabled } = parsed.data;
  // Beside the plugin it reads better, as it is a part of what the plugin is.
  const settings = packageName === undefined ? parsed.data.settings : { package: packageName, ...parsed.data.settings };
  const plugin = findPlugin(pluginId, path, context);
  const configured = { slug, plugin: pluginId, displayName: displayName ?? plugin?.displayName ?? slug, isEnabled: enabled, settings };
  // It may be that of a plugin that could not be loaded: this provider is shown as broken, the others work.
  if (!plugin) return context.brokenPlugins.length > 0 ? [{ ...configured, source: 'config' }] : [];
  const at = `${path}.settings`;
  // A provider that is switched off may be incomplete: its variables are often gone.
  if (enabled) checkSettings(plugin, { settings, at }, context);
  const place = { path: source, at, variables: variablesBelow(at, context.references) };
  return [{ ...configured, source: 'config', place }];
}

function findPlugin(
  id: string,
  path: string,
  { plugins, brokenPlugins, problems, source }: FileProvidersContext,
): ProviderPlugin | undefined {
  const ids = plugins.map((plugin) => plugin.id);
  const found = plugins.find((plugin) => plugin.id === id);
  if (!found && brokenPlugins.length === 0) {
    const message = `there is no plugin "${id}".`;
    problems.push({ key: `${path}.plugin`, source, message, nearest: nearestSpelling(id, ids), allowed: ids.join(', ') });
  }
  return found;
}

/** A setting whose variable is not set was told already; that the plugin then misses something is no news. */
function checkSettings(
  plugin: ProviderPlugin,
  { settings, at }: { readonly settings: JsonObject; readonly at: string },
  { source, problems }: FileProvidersContext,
): void {
  const isIncomplete = problems.some((problem) => problem.source === source && problem.key.startsWith(`${at}.`));
  const isGiven = (field: string): boolean => settings[field.split('.', 1)[0] ?? ''] !== undefined;
  const faults = checkPluginSettings(plugin, settings, (field) => ({ key: join(at, field), source }));
  addProblems(
    problems,
    faults.filter(({ key }) => !isIncomplete || isGiven(key.slice(at.length + 1))),
  );
}

function variablesBelow(at: string, references: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const own = [...references].filter(([path]) => path.startsWith(`${at}.`));
  return new Map(own.map(([path, variable]) => [path.slice(at.length + 1), variable]));
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
  if (member === undefined)
    return { key: path, source, message: 'must be an object.', allowed: '{"slug": ..., "plugin": ..., "settings": {...}}' };
  const key = join(path, issue.path.map(String).join('.'));
  // Settings may hold secrets.
  const shown = member === 'settings' ? '' : `${JSON.stringify(issue.input)?.slice(0, longestShown)} `;
  const message = issue.input === undefined ? 'is missing.' : `${shown}cannot be used.`;
  return { key, source, message, allowed: allowed[member] };
}

const join = (path: string, field: string): string => (field === '' ? path : `${path}.${field}`);
