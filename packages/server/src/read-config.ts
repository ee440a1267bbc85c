import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { builtinProviders } from '@multimodel/providers';
import type { Config } from './config/config.ts';
import { type ConfigSources, loadConfig } from './config/load-config.ts';
import { readNamedPlugins } from './config/named-plugins.ts';
import { type LoadedPlugins, loadPlugins } from './plugins/load-plugins.ts';

export interface ReadConfig {
  readonly config: Config;
  readonly plugins: LoadedPlugins['plugins'];
}

/** Everything that this process was told, and the plugins that it names. Throws a `ConfigError`. */
export async function readConfig(told: Pick<ConfigSources, 'argv' | 'env' | 'cwd' | 'defaultLogLevel'>): Promise<ReadConfig> {
  const sources = { ...told, readText: (path: string) => readText(resolve(told.cwd, path)) };
  const { plugins, broken: brokenPlugins } = await loadPlugins(builtinProviders, readNamedPlugins(sources));
  const defaultPublicDir = join(import.meta.dirname, '../../../apps/web/dist');
  return { config: loadConfig({ ...sources, plugins, brokenPlugins, defaultPublicDir }), plugins };
}

function readText(path: string): string | undefined {
  try {
    // Strict: replaced characters would be found only where they do harm. A byte order mark is left out.
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
