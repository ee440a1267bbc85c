import type { JsonObject, JsonValue } from '../model/chat-request.ts';
import type { SettingField } from './provider.ts';
import type { ProviderRecord } from './provider-record.ts';

/** The secret settings of one provider, in the clear. Lives in memory only. */
export interface SecretSettings {
  readonly values: JsonObject;
  /** By field; absent for those that came from the configuration. */
  readonly changedAt: Readonly<Record<string, number>>;
}

/** Locks secrets away before they are stored. */
export interface ProviderSecrets {
  /** Opens only under the same slug. */
  seal(secrets: SecretSettings, slug: string): string;
  /** Nothing when there are none. Throws when the key does not fit. */
  unseal(record: ProviderRecord): SecretSettings;
}

/** What may be told of a secret. */
export interface SecretFacts {
  readonly isSet: boolean;
  readonly lastFour?: string | undefined;
  readonly changedAt?: number | undefined;
}

export const noSecrets: SecretSettings = { values: {}, changedAt: {} };

/** A shorter one would lose too much by its end. */
const shortestShown = 20;

/** Of every secret field of a plugin, by name. */
export function factsOfSecrets(
  fields: readonly SettingField[],
  { values, changedAt }: SecretSettings,
): Readonly<Record<string, SecretFacts>> {
  const secret = fields.filter(({ isSecret }) => isSecret);
  return Object.fromEntries(secret.map(({ name }) => [name, factsOf(values[name], changedAt[name])]));
}

function factsOf(value: JsonValue | undefined, changedAt: number | undefined): SecretFacts {
  if (value === undefined) return { isSet: false };
  const text = typeof value === 'string' ? value.trim() : '';
  // A document, such as a key file, ends in brackets.
  const lastFour = /^[\w.+/=-]+$/.test(text) && text.length >= shortestShown ? text.slice(-4) : undefined;
  return { isSet: true, lastFour, changedAt };
}
