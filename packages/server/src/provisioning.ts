import { isDeepStrictEqual } from 'node:util';
import {
  AppError,
  type Clock,
  type JsonObject,
  type ProviderPlugin,
  type ProviderRecord,
  type ProviderSecrets,
  type Storage,
  splitSettings,
  toProviderId,
} from '@multimodel/core';
import type { ConfiguredProvider } from './config/config.ts';

export interface ProvisioningDeps {
  readonly storage: Storage;
  readonly secrets: ProviderSecrets;
  readonly plugins: readonly ProviderPlugin[];
  readonly clock: Clock;
  newId(): string;
}

/**
 * Brings the stored providers in line with the configuration: a start that changes nothing writes nothing. What left the
 * configuration is switched off, not deleted; what people added in the app is not touched, nor its place among the others. Answers with
 * all of them, in order.
 */
export async function provisionProviders(
  deps: ProvisioningDeps,
  wanted: readonly ConfiguredProvider[],
): Promise<readonly ProviderRecord[]> {
  const stored = await deps.storage.read.providers.list();
  const bySlug = new Map(stored.map((record) => [record.slug, record]));
  const places = placesFor(wanted, stored);
  const changed = [
    ...wanted.flatMap((provider, index) => {
      const position = places[index] ?? index;
      return changedRecord(deps, { provider, position }, bySlug.get(provider.slug)) ?? [];
    }),
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

/** The places that they have are theirs, in the order of the configuration; new ones come after everything. */
function placesFor(wanted: readonly ConfiguredProvider[], stored: readonly ProviderRecord[]): readonly number[] {
  const own = stored.filter(({ slug }) => wanted.some((provider) => provider.slug === slug)).map(({ position }) => position);
  const next = Math.max(-1, ...stored.map(({ position }) => position)) + 1;
  return wanted.map((_provider, index) => own[index] ?? next + index - own.length);
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
  const { slug, plugin, displayName, source } = provider;
  // People switch built-in ones off in the app.
  const isEnabled = source === 'built-in' && before?.source === 'built-in' ? before.isEnabled : provider.isEnabled;
  const known = deps.plugins.find(({ id }) => id === plugin);
  // Which of the settings are secret, a plugin that could not be loaded does not tell.
  const { open, secret } = known ? splitSettings(known, provider.settings) : { open: {}, secret: provider.settings };
  const facts = { slug, plugin, displayName, isEnabled, source, position, settings: open };
  if (before && isSame(deps.secrets, before, { facts, secret })) return undefined;
  const now = deps.clock.now();
  return {
    ...facts,
    id: before?.id ?? toProviderId(deps.newId()),
    sealedSecrets: Object.keys(secret).length > 0 ? deps.secrets.seal({ values: secret, changedAt: {} }, slug) : undefined,
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
  };
}

function isSame(
  secrets: ProviderSecrets,
  before: ProviderRecord,
  wanted: { readonly facts: Partial<ProviderRecord>; readonly secret: JsonObject },
): boolean {
  const { slug, plugin, displayName, isEnabled, source, position, settings } = before;
  if (!isDeepStrictEqual({ slug, plugin, displayName, isEnabled, source, position, settings }, wanted.facts)) return false;
  return isDeepStrictEqual(secrets.unseal(before).values, wanted.secret);
}
