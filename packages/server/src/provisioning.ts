import { isDeepStrictEqual } from 'node:util';
import {
  AppError,
  type Clock,
  type JsonObject,
  type ProviderPlugin,
  type ProviderRecord,
  type Storage,
  toProviderId,
} from '@multimodel/core';
import { z } from 'zod';
import type { ConfiguredProvider } from './config/config.ts';
import type { SecretBox } from './secrets/secret-box.ts';

export interface ProvisioningDeps {
  readonly storage: Storage;
  readonly secrets: SecretBox;
  readonly plugins: readonly ProviderPlugin[];
  readonly clock: Clock;
  newId(): string;
}

const secretsSchema = z.record(z.string(), z.json());

/** The sealed part of a record's settings, in the clear. Lives in memory only. */
export function unsealSettings(secrets: SecretBox, record: ProviderRecord): JsonObject {
  if (record.sealedSecrets === undefined) return {};
  return secretsSchema.parse(JSON.parse(secrets.open(record.sealedSecrets, record.slug)));
}

/**
 * Brings the stored providers in line with the configuration: a start that changes nothing writes nothing. What left the
 * configuration is switched off, not deleted; what people added in the app is not touched. Answers with all of them, in order.
 */
export async function provisionProviders(
  deps: ProvisioningDeps,
  wanted: readonly ConfiguredProvider[],
): Promise<readonly ProviderRecord[]> {
  const stored = await deps.storage.read.providers.list();
  const bySlug = new Map(stored.map((record) => [record.slug, record]));
  const changed = [
    ...wanted.flatMap((provider, position) => changedRecord(deps, { provider, position }, bySlug.get(provider.slug)) ?? []),
    ...stored
      .filter((record) => isAbandoned(record, wanted))
      .map((record) => ({ ...record, isEnabled: false, updatedAt: deps.clock.now() })),
  ];
  if (changed.length === 0) return stored;
  await deps.storage.transact(async (tx) => {
    for (const record of changed) await tx.providers.save(record);
  });
  return deps.storage.read.providers.list();
}

function isAbandoned(record: ProviderRecord, wanted: readonly ConfiguredProvider[]): boolean {
  return record.source !== 'user' && record.isEnabled && !wanted.some(({ slug }) => slug === record.slug);
}

interface Place {
  readonly provider: ConfiguredProvider;
  readonly position: number;
}

/** Undefined when the stored record says the same already. */
function changedRecord(
  deps: ProvisioningDeps,
  { provider, position }: Place,
  before: ProviderRecord | undefined,
): ProviderRecord | undefined {
  if (before?.source === 'user') {
    const message = `The configuration describes a provider "${provider.slug}", but one of this name was added in the app. Give one of them another name.`;
    throw new AppError('conflict', message, { details: { slug: provider.slug } });
  }
  const { slug, plugin, displayName, isEnabled, source } = provider;
  const { open, secret } = splitSettings(deps.plugins, provider);
  const facts = { slug, plugin, displayName, isEnabled, source, position, settings: open };
  if (before && isSame(deps.secrets, before, { facts, secret })) return undefined;
  const now = deps.clock.now();
  return {
    ...facts,
    id: before?.id ?? toProviderId(deps.newId()),
    sealedSecrets: Object.keys(secret).length > 0 ? deps.secrets.seal(JSON.stringify(secret), slug) : undefined,
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
  };
}

function isSame(
  secrets: SecretBox,
  before: ProviderRecord,
  wanted: { readonly facts: Partial<ProviderRecord>; readonly secret: JsonObject },
): boolean {
  const { slug, plugin, displayName, isEnabled, source, position, settings } = before;
  if (!isDeepStrictEqual({ slug, plugin, displayName, isEnabled, source, position, settings }, wanted.facts)) return false;
  return isDeepStrictEqual(unsealSettings(secrets, before), wanted.secret);
}

function splitSettings(
  plugins: readonly ProviderPlugin[],
  { plugin: pluginId, settings }: ConfiguredProvider,
): { open: JsonObject; secret: JsonObject } {
  const secretNames = new Set(
    plugins
      .find(({ id }) => id === pluginId)
      ?.settings.fields.filter(({ isSecret }) => isSecret)
      .map(({ name }) => name),
  );
  const entries = Object.entries(settings);
  return {
    open: Object.fromEntries(entries.filter(([name]) => !secretNames.has(name))),
    secret: Object.fromEntries(entries.filter(([name]) => secretNames.has(name))),
  };
}
