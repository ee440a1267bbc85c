import type { ProviderPlugin, ProviderRecord, SettingPlace } from '@multimodel/core';
import type { Config } from './config/config.ts';

export type PlaceOf = (record: Pick<ProviderRecord, 'slug' | 'plugin' | 'source'>, setting: string) => SettingPlace | undefined;

/** Where the settings of each provider were given. Known from the present configuration, and stored nowhere. */
export function settingPlaces({ providers }: Pick<Config, 'providers'>, plugins: readonly ProviderPlugin[]): PlaceOf {
  return ({ slug, plugin: pluginId, source }, setting) => {
    switch (source) {
      case 'user':
        return { kind: 'app' };
      case 'environment': {
        const plugin = plugins.find(({ id }) => id === pluginId);
        const variable = Object.entries(plugin?.environment ?? {}).find(([, name]) => name === setting)?.[0];
        return variable === undefined ? undefined : { kind: 'environment', variable };
      }
      case 'config': {
        const place = providers.find((provider) => provider.slug === slug)?.place;
        return place && { kind: 'file', path: place.path, at: `${place.at}.${setting}`, variable: place.variables.get(setting) };
      }
      case 'built-in':
        return undefined;
      default:
        return source satisfies never;
    }
  };
}
