import { AppError } from '../errors/app-error.ts';
import type { JsonObject, JsonValue } from '../model/chat-request.ts';
import type { ProviderPlugin, SettingField } from './provider.ts';

/** Values by the names of the plugin's fields. */
export interface SplitSettings {
  readonly open: JsonObject;
  readonly secret: JsonObject;
}

interface Fault {
  readonly path: string;
  readonly message: string;
  readonly allowed?: readonly string[] | undefined;
}

/** What is stored in the clear, and what is sealed. Fields that the plugin does not know are no secrets. */
export function splitSettings(plugin: ProviderPlugin | undefined, values: JsonObject): SplitSettings {
  const secretNames = new Set(plugin?.settings.fields.filter(({ isSecret }) => isSecret).map(({ name }) => name));
  const entries = Object.entries(values);
  return {
    open: Object.fromEntries(entries.filter(([name]) => !secretNames.has(name))),
    secret: Object.fromEntries(entries.filter(([name]) => secretNames.has(name))),
  };
}

/** `patch` over `before`: null and empty fields of a form clear. What the plugin does not know any more is dropped from `before`. */
export function mergeSettings(plugin: ProviderPlugin, before: JsonObject, patch: JsonObject): JsonObject {
  const known = new Set(plugin.settings.fields.map(({ name }) => name));
  const kept = Object.entries(before).filter(([name]) => known.has(name));
  return Object.fromEntries([...kept.filter(([name]) => !Object.hasOwn(patch, name)), ...Object.entries(patch)].filter(hasValue));
}

const hasValue = ([, value]: [string, JsonValue]): boolean => value !== null && !(typeof value === 'string' && value.trim() === '');

/** Throws `validation_failed` that names each wrong field as `settings.<name>`, and never holds a value that is secret. */
export function checkSettings(plugin: ProviderPlugin, values: JsonObject, isAllowedAddress: (address: string) => boolean): void {
  const faults = plugin.settings.fields.flatMap((field) => addressFaults(field, values[field.name], isAllowedAddress));
  try {
    plugin.settings.parse(values);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    faults.push(...faultsOf(error).map((fault) => withoutSecrets(fault, splitSettings(plugin, values).secret)));
  }
  if (faults.length > 0) throw settingsFault(faults);
}

/**
 * Throws when a secret that is kept would go to another place than the one it was given for: whoever may edit the settings could
 * else send it to a server of his own.
 */
export function checkKeptSecrets(
  plugin: ProviderPlugin,
  before: JsonObject,
  { after, patch }: { after: JsonObject; patch: JsonObject },
): void {
  const open = plugin.settings.fields.filter(({ isSecret }) => !isSecret);
  const moved = open.filter((field) => placesIn(field, before).join('\n') !== placesIn(field, after).join('\n'));
  if (moved.length === 0) return;
  const kept = plugin.settings.fields.filter(({ isSecret, name }) => isSecret && Object.hasOwn(after, name) && !Object.hasOwn(patch, name));
  if (kept.length === 0) return;
  const names = moved.map(({ name }) => name).join(', ');
  const message = `must be entered again, because ${names} changed: a stored secret is not sent to another address`;
  throw settingsFault(kept.map(({ name }) => ({ path: name, message })));
}

function placesIn(field: SettingField, values: JsonObject): readonly string[] {
  const value = values[field.name] ?? field.default ?? null;
  return field.isAddress && typeof value === 'string' ? [value.trim().replace(/\/+$/, '')] : addressesIn(value);
}

function addressFaults(field: SettingField, value: JsonValue | undefined, isAllowed: (address: string) => boolean): readonly Fault[] {
  if (value === undefined || value === field.default) return [];
  const addresses = field.isAddress && typeof value === 'string' ? [withScheme(value)] : addressesIn(value);
  return addresses.flatMap((address) => {
    if (field.isAddress && !/^https?:/i.test(address)) return [{ path: field.name, message: 'must begin with http:// or https://' }];
    if (isAllowed(address)) return [];
    const message = 'names this machine or a private network; the server allows that with MMC_ALLOW_PRIVATE_URLS=true only';
    return [{ path: field.name, message }];
  });
}

/** The bare name of a host is a place, too. */
const withScheme = (address: string): string => (address.includes('://') ? address.trim() : `http://${address.trim()}`);

/** Every URL in a value, however deep: a settings field may be a whole document. */
function addressesIn(value: JsonValue): readonly string[] {
  if (typeof value === 'string') return /^\s*[a-z][a-z0-9+.-]*:\/\//i.test(value) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(addressesIn);
}

/** Of the plugin; one that breaks the rule of naming fields is still answered with its sentence. */
function faultsOf(error: AppError): readonly Fault[] {
  const fields = error.details['fields'];
  const faults = Array.isArray(fields) ? fields.filter(isFault) : [];
  return faults.length > 0 ? faults : [{ path: '', message: error.message }];
}

function isFault(value: unknown): value is Fault {
  if (typeof value !== 'object' || value === null || !('path' in value) || !('message' in value)) return false;
  return typeof value.path === 'string' && typeof value.message === 'string';
}

/** A shorter value is no credential, and hiding it would hide half of every sentence. */
const shortestSecret = 4;

function withoutSecrets({ path, message, allowed }: Fault, secrets: JsonObject): Fault {
  const texts = Object.values(secrets).flatMap((value) =>
    typeof value === 'string' && value.trim().length >= shortestSecret ? [value.trim()] : [],
  );
  const clean = texts.reduce((text, secret) => text.replaceAll(secret, '[redacted]'), message);
  return { path, message: clean, allowed };
}

function settingsFault(faults: readonly Fault[]): AppError {
  const fields = faults.map((fault) => ({ ...fault, path: fault.path === '' ? 'settings' : `settings.${fault.path}` }));
  const shown = fields.map(({ path, message }) => `${path}: ${message}`).slice(0, 3);
  return new AppError('validation_failed', `The settings cannot be used. ${shown.join('; ')}`, { details: { fields } });
}
