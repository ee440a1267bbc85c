import { join, resolve } from 'node:path';
import type { ProviderPlugin } from '@multimodel/core';
import { type BrokenPlugin, type Config, type ConfiguredProvider, isLoopbackHost } from './config.ts';
import { ConfigError, type ConfigProblem } from './config-error.ts';
import { type ConfigFile, type ReadText, type ReferenceContext, readConfigFile, resolveReferences } from './config-file.ts';
import { readEnvironmentProviders, unknownVariables } from './environment-providers.ts';
import { readFileProviders } from './file-providers.ts';
import { mergeSources, readCommandLine, readEnvironment, readFileSettings } from './read-sources.ts';
import type { GivenSettings } from './setting.ts';

export interface ConfigSources {
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly readText: ReadText;
  /** Relative paths count from here. */
  readonly cwd: string;
  /** Where the built page lies when nothing else is said. */
  readonly defaultPublicDir: string;
  readonly defaultLogLevel?: Config['logLevel'] | undefined;
  readonly plugins: readonly ProviderPlugin[];
  readonly brokenPlugins?: readonly BrokenPlugin[] | undefined;
}

/** Defaults < file < environment < command line. Throws a `ConfigError` with everything that is wrong. */
export function loadConfig(sources: ConfigSources): Config {
  const { argv, env, readText, plugins, brokenPlugins = [] } = sources;
  const problems: ConfigProblem[] = [];
  const references = new Map<string, string>();
  const file = resolveFile(readConfigFile(env, readText, problems), { env, problems, references });
  const { providers: fileEntries, routes } = file.content;
  if (routes !== undefined)
    problems.push({ key: 'routes', source: file.path, message: 'routes are not part of this version yet; remove them.' });
  const { given, places } = mergeSources(
    [readFileSettings(file, ['providers', 'routes'], problems), readEnvironment(env, problems), readCommandLine(argv, problems)],
    problems,
  );
  problems.push(...checkAccess(given, places));
  const fromFile = readFileProviders(fileEntries, { source: file.path, plugins, brokenPlugins, problems, references });
  const fromEnvironment = readEnvironmentProviders(env, { plugins, problems, allowPrivateUrls: given.allowPrivateUrls ?? false });
  if (problems.length > 0) throw new ConfigError(problems);
  // The file's word stands over variables, both over what is built in.
  const providers = firstOfEachSlug([...fromFile, ...fromEnvironment, ...builtInProviders(plugins)]);
  const hidden = fromEnvironment.filter((provider) => !providers.includes(provider));
  const unknown = unknownVariables(env, plugins, new Set(references.values()));
  const warnings = [...brokenPlugins.map(brokenText), ...warningsOf(given, hidden), ...unknown];
  return { ...fillIn(given, sources), providers, brokenPlugins, places, warnings };
}

function resolveFile(file: ConfigFile, rest: Omit<ReferenceContext, 'source'>): ConfigFile {
  const context = { ...rest, source: file.path };
  return {
    path: file.path,
    content: Object.fromEntries(Object.entries(file.content).map(([key, value]) => [key, resolveReferences(value, key, context)])),
  };
}

function checkAccess({ auth, host }: GivenSettings, places: Config['places']): readonly ConfigProblem[] {
  if (auth === 'accounts') {
    const message = '"accounts" comes with release 3.0; this version serves one local user.';
    return [{ key: 'MMC_AUTH', source: 'configuration', ...places.auth, message, allowed: 'none' }];
  }
  if (host === undefined || isLoopbackHost(host)) return [];
  const message = `"${host}" can be reached from other machines, and this version has no accounts to keep them out (MMC_AUTH=none).`;
  return [{ key: 'HOST', source: 'configuration', ...places.host, message, allowed: '127.0.0.1, localhost or ::1' }];
}

function fillIn(
  given: GivenSettings,
  { cwd, defaultPublicDir, defaultLogLevel = 'info' }: ConfigSources,
): Omit<Config, 'providers' | 'brokenPlugins' | 'places' | 'warnings'> {
  const dataDir = resolve(cwd, given.dataDir ?? 'data');
  return {
    port: given.port ?? 3000,
    host: (given.host ?? '127.0.0.1').replace(/^\[|\]$/g, ''),
    publicUrl: given.publicUrl,
    databaseUrl: given.databaseUrl ?? `file:${join(dataDir, 'multimodel.db')}`,
    redisUrl: given.redisUrl,
    secretKey: given.secretKey,
    logLevel: given.logLevel ?? defaultLogLevel,
    auth: 'none',
    allowPrivateUrls: given.allowPrivateUrls ?? false,
    metricsToken: given.metricsToken,
    sqliteSynchronous: given.sqliteSynchronous ?? 'NORMAL',
    maxAttachmentMb: given.maxAttachmentMb ?? 40,
    shutdownGraceMs: given.shutdownGraceMs ?? 5_000,
    dataDir,
    publicDir: resolve(cwd, given.publicDir ?? defaultPublicDir),
  };
}

/** The demo needs no account, so it is always there. */
function builtInProviders(plugins: readonly ProviderPlugin[]): readonly ConfiguredProvider[] {
  return plugins
    .filter(({ isDemo }) => isDemo)
    .map(({ id, displayName }) => ({ slug: id, plugin: id, displayName, isEnabled: true, settings: {}, source: 'built-in' }));
}

function firstOfEachSlug(providers: readonly ConfiguredProvider[]): readonly ConfiguredProvider[] {
  const first = new Map<string, ConfiguredProvider>();
  for (const provider of providers) if (!first.has(provider.slug)) first.set(provider.slug, provider);
  return [...first.values()];
}

const brokenText = ({ module, message }: BrokenPlugin): string => `The plugin ${module} is not used. ${message}`;

function warningsOf(given: GivenSettings, hidden: readonly ConfiguredProvider[]): readonly string[] {
  const warnings = hidden.map(
    ({ slug }) => `The provider "${slug}" of the configuration file is used; the one that environment variables describe is not.`,
  );
  if (given.redisUrl !== undefined) warnings.push('REDIS_URL is set, but this version runs as one process and does not use it.');
  return warnings;
}
