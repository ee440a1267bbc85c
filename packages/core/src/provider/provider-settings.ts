import { AppError } from '../errors/app-error.ts';
import { faultTexts } from '../errors/fault-texts.ts';
import { type FieldFault, fieldFault, fieldFaultsOf } from '../errors/field-fault.ts';
import type { JsonObject, JsonValue } from '../model/chat-request.ts';
import { inEvery, inLanguage } from '../shared/localized.ts';
import type { MayConnect, ProviderPlugin, SettingField } from './provider.ts';

/** Values by the names of the plugin's fields. */
export interface SplitSettings {
  readonly open: JsonObject;
  readonly secret: JsonObject;
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
    const settings = plugin.settings.parse(values);
    faults.push(...impliedAddressFaults(plugin.addresses?.(settings) ?? {}, values, isAllowedAddress));
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
  throw settingsFault(kept.map(({ name }) => fieldFault(name, faultTexts.secretAgain(names))));
}

function placesIn(field: SettingField, values: JsonObject): readonly string[] {
  const value = values[field.name] ?? field.default ?? null;
  return field.isAddress && typeof value === 'string' ? [value.trim().replace(/\/+$/, '')] : addressesIn(value);
}

function addressFaults(field: SettingField, value: JsonValue | undefined, isAllowed: (address: string) => boolean): readonly FieldFault[] {
  if (value === undefined || value === field.default) return [];
  const addresses = field.isAddress && typeof value === 'string' ? [withScheme(value)] : addressesIn(value);
  return addresses.flatMap((address) => {
    if (field.isAddress && !/^https?:/i.test(address)) return [fieldFault(field.name, faultTexts.notWebAddress)];
    return isAllowed(address) ? [] : [fieldFault(field.name, faultTexts.privateAddress)];
  });
}

/** Of addresses that nobody entered: choosing a service by its name is choosing its address. */
function impliedAddressFaults(
  known: Readonly<Record<string, string>>,
  values: JsonObject,
  isAllowed: (address: string) => boolean,
): readonly FieldFault[] {
  const implied = Object.entries(known).filter(([name]) => values[name] === undefined);
  return implied.flatMap(([name, address]) => (isAllowed(address) ? [] : [fieldFault(name, faultTexts.privateAddress)]));
}

/**
 * What the check of the texts cannot see: that a name which somebody typed leads to a private address. Asked when a connection is made, so
 * that an answer of the DNS that changes is seen. Addresses that ship with the plugin are not asked about.
 */
export function connectionGuard(plugin: ProviderPlugin, values: JsonObject, isAllowed: (address: string) => boolean): MayConnect {
  const typed = new Set(plugin.settings.fields.flatMap((field) => typedHosts(field, values[field.name])));
  return (host, address) => !typed.has(host.toLowerCase()) || isAllowed(`http://${address.includes(':') ? `[${address}]` : address}`);
}

function typedHosts(field: SettingField, value: JsonValue | undefined): readonly string[] {
  if (value === undefined || value === field.default) return [];
  const addresses = field.isAddress && typeof value === 'string' ? [withScheme(value)] : addressesIn(value);
  return addresses.flatMap((address) => URL.parse(address)?.hostname ?? []);
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
function faultsOf(error: AppError): readonly FieldFault[] {
  const faults = fieldFaultsOf(error);
  return faults.length > 0 ? faults : [{ path: '', message: error.message, text: error.text }];
}

/** A shorter value is no credential, and hiding it would hide half of every sentence. */
const shortestSecret = 4;

function withoutSecrets({ path, message, text, allowed }: FieldFault, secrets: JsonObject): FieldFault {
  const texts = Object.values(secrets).flatMap((value) =>
    typeof value === 'string' && value.trim().length >= shortestSecret ? [value.trim()] : [],
  );
  const clean = (sentence: string): string => texts.reduce((rest, secret) => rest.replaceAll(secret, '[redacted]'), sentence);
  return { path, message: clean(message), text: text && inEvery((language) => clean(text[language])), allowed };
}

function settingsFault(faults: readonly FieldFault[]): AppError {
  const fields = faults.map((fault) => ({ ...fault, path: fault.path === '' ? 'settings' : `settings.${fault.path}` }));
  const lead = { ru: 'Такими настройками пользоваться нельзя.', en: 'The settings cannot be used.' };
  const text = inEvery((language) => {
    const shown = fields.slice(0, 3).map((fault) => `${fault.path}: ${inLanguage(fault, language)}`);
    return `${lead[language]} ${shown.join('; ')}`;
  });
  return new AppError('validation_failed', text, { details: { fields } });
}
