import type { JsonObject, ProviderSource } from '@multimodel/core';

/** A provider that the configuration asks for; its settings were checked by its plugin. */
export interface ConfiguredProvider {
  readonly slug: string;
  readonly plugin: string;
  readonly displayName: string;
  readonly isEnabled: boolean;
  readonly settings: JsonObject;
  readonly source: Exclude<ProviderSource, 'user'>;
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
  readonly shutdownGraceMs: number;
  readonly providers: readonly ConfiguredProvider[];
  /** Worth a line in the log, but no reason to stop. */
  readonly warnings: readonly string[];
}

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i;

/** Whether only this machine can reach a server bound to `host`. */
export function isLoopbackHost(host: string): boolean {
  return loopback.test(host);
}
