import { dirname, resolve } from 'node:path';
import type { ProviderPlugin } from '@multimodel/core';
import { loadPlugin, PluginLoadError } from '@multimodel/provider-sdk';
import type { BrokenPlugin } from '../config/config.ts';
import type { NamedPlugins } from '../config/named-plugins.ts';

export interface LoadedPlugins {
  /** Built-in ones first. */
  readonly plugins: readonly ProviderPlugin[];
  readonly broken: readonly BrokenPlugin[];
}

/** The built-in plugins and those that the configuration names. One that cannot be loaded is reported and touches no other. */
export async function loadPlugins(builtIn: readonly ProviderPlugin[], { modules, from, cwd }: NamedPlugins): Promise<LoadedPlugins> {
  const plugins = [...builtIn];
  const broken: BrokenPlugin[] = [];
  const folder = from === undefined ? cwd : dirname(resolve(cwd, from));
  for (const module of modules) {
    try {
      const { plugin } = await loadPlugin(module, folder);
      const namesake = plugins.find(({ id }) => id === plugin.id);
      if (namesake)
        throw new PluginLoadError(`There is a plugin "${plugin.id}" already (${namesake.displayName}): its id must be another.`);
      plugins.push(plugin);
    } catch (error) {
      if (!(error instanceof PluginLoadError)) throw error;
      broken.push({ module, message: error.message });
    }
  }
  return { plugins, broken };
}
