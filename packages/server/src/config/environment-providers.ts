import type { JsonObject, JsonValue, ProviderPlugin, SettingField } from '@multimodel/core';
import { nearestSpelling } from '@multimodel/provider-sdk';
import { z } from 'zod';
import type { ConfiguredProvider } from './config.ts';
import { addProblems, type ConfigProblem } from './config-error.ts';
import { checkPluginSettings } from './plugin-settings.ts';
import { isPrivateUrl } from './private-url.ts';

const source = 'environment';

export interface EnvironmentProvidersContext {
  readonly plugins: readonly ProviderPlugin[];
  readonly allowPrivateUrls: boolean;
  readonly problems: ConfigProblem[];
}

/** Providers that the vendors' own variables ask for: one of each plugin at most, under the plugin's id. */
export function readEnvironmentProviders(env: NodeJS.ProcessEnv, context: EnvironmentProvidersContext): readonly ConfiguredProvider[] {
  return context.plugins.flatMap((plugin) => readProvider(plugin, env, context));
}

function readProvider(plugin: ProviderPlugin, env: NodeJS.ProcessEnv, context: EnvironmentProvidersContext): readonly ConfiguredProvider[] {
  const given = Object.entries(plugin.environment).flatMap(([variable, name]) => {
    const field = plugin.settings.fields.find((candidate) => candidate.name === name);
    const text = env[variable];
    return field && text ? [{ variable, field, text }] : [];
  });
  const hasSecretVariables = Object.values(plugin.environment).some((name) =>
    plugin.settings.fields.some((field) => field.name === name && field.isSecret),
  );
  // A folder or an address alone is no account: such variables are often set for other programs.
  if (given.length === 0 || (hasSecretVariables && !given.some(({ field }) => field.isSecret))) return [];
  const settings: JsonObject = Object.fromEntries(given.map(({ field, text }) => [field.name, toValue(field, text)]));
  const nameField = (field: string): { key: string; source: string } => {
    const variable = Object.entries(plugin.environment).find(([, name]) => name === field)?.[0];
    return { key: variable ?? (field === '' ? plugin.id : `${plugin.id}.${field}`), source };
  };
  const faults = checkPluginSettings(plugin, settings, nameField);
  addProblems(
    context.problems,
    faults.map((fault) => ({ ...fault, message: inVariables(plugin, fault.message) })),
  );
  if (!context.allowPrivateUrls)
    context.problems.push(...given.filter(({ text }) => isPrivateUrl(text)).map(({ variable }) => privateUrl(variable)));
  return [{ slug: plugin.id, plugin: plugin.id, displayName: plugin.displayName, isEnabled: true, settings, source }];
}

/** Plugins speak of their settings; who set variables knows those. Only names that no sentence has by itself. */
function inVariables({ environment }: ProviderPlugin, message: string): string {
  return Object.entries(environment).reduce(
    (text, [variable, name]) => (/[a-z][A-Z]/.test(name) ? text.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), variable) : text),
    message,
  );
}

/** Variables that look like those of a plugin and are none, in words. `used`: those that the configuration file asks for. */
export function unknownVariables(env: NodeJS.ProcessEnv, plugins: readonly ProviderPlugin[], used: ReadonlySet<string>): readonly string[] {
  return plugins.flatMap(({ environment }) => {
    const known = Object.keys(environment);
    const prefixes = new Set(known.map((name) => name.slice(0, name.indexOf('_') + 1)));
    return Object.keys(env)
      .filter((name) => [...prefixes].some((prefix) => prefix !== '' && name.startsWith(prefix)))
      .filter((name) => env[name] !== '' && !known.includes(name) && !used.has(name))
      .map((name) => {
        const nearest = nearestSpelling(name, known);
        const help = nearest === undefined ? `Known are: ${known.join(', ')}.` : `Did you mean ${nearest}?`;
        return `${name} (environment) is not read by anything here. ${help}`;
      });
  });
}

function privateUrl(variable: string): ConfigProblem {
  const message =
    'names this machine or a private network. Set MMC_ALLOW_PRIVATE_URLS=true if it is meant, or put the provider into the configuration file.';
  return { key: variable, source, message };
}

/** A text that does not fit its field stays a text, and the plugin says what is wrong with it. */
function toValue(field: SettingField, text: string): JsonValue {
  switch (field.kind) {
    case 'number':
      return Number.isNaN(Number(text)) ? text : Number(text);
    case 'boolean':
      return text === 'true' || text === '1' ? true : text === 'false' || text === '0' ? false : text;
    case 'json':
      return parseJson(text);
    case 'string':
    case 'choice':
      return text;
    default:
      return field.kind satisfies never;
  }
}

function parseJson(text: string): JsonValue {
  try {
    return z.json().parse(JSON.parse(text));
  } catch {
    return text;
  }
}
