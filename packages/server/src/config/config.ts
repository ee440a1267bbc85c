import type { JsonObject, ProviderSource } from '@multimodel/core';
import type { SettingKey } from './setting.ts';

/** A provider that the configuration asks for; its settings were checked by its plugin. */
export interface ConfiguredProvider {
  readonly slug: string;
  readonly plugin: string;
  readonly displayName: string;
  readonly isEnabled: boolean;
  readonly settings: JsonObject;
  readonly source: Exclude<ProviderSource, 'user'>;
  /** Where its settings stand in the configuration file; absent for those of the environment. */
  readonly place?: FilePlace | undefined;
}

export interface FilePlace {
  readonly path: string;
  /** `providers[0].settings` */
  readonly at: string;
  /** Settings that are `{"env": "NAME"}`, with the variable. */
  readonly variables: ReadonlyMap<string, string>;
}

/** Where a setting of the instance was given. */
export interface GivenPlace {
  readonly key: string;
  readonly source: string;
}

/** A plugin that the configuration names and that cannot be used. */
export interface BrokenPlugin {
  /** Path or package, as it was named. */
  readonly module: string;
  readonly message: string;
}

/** Everything that an instance was told, read once at start. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly publicUrl?: string | undefined;
  /** Absolute. */
  readonly dataDir: string;
  readonly databaseUrl: string;
  readonly redisUrl?: string | undefined;
  readonly secretKey?: string | undefined;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly auth: 'none';
  readonly allowPrivateUrls: boolean;
  readonly metricsToken?: string | undefined;
  readonly sqliteSynchronous: 'NORMAL' | 'FULL';
  /** Folder of the built page; absolute. */
  readonly publicDir: string;
  /** Of one file that is sent with a message. */
  readonly maxAttachmentMb: number;
  readonly shutdownGraceMs: number;
  readonly providers: readonly ConfiguredProvider[];
  /** Plugins that were named and cannot be used; the rest works without them. */
  readonly brokenPlugins: readonly BrokenPlugin[];
  /** Of the settings that were given, the place that won. */
  readonly places: Readonly<Partial<Record<SettingKey, GivenPlace>>>;
  /** Worth a line in the log, but no reason to stop. */
  readonly warnings: readonly string[];
}

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i;

/** Whether only this machine can reach a server bound to `host`. */
export function isLoopbackHost(host: string): boolean {
  return loopback.test(host);
}
