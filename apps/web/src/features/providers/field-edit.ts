import type { ProviderDto, ProviderPluginDto, ProviderSettingFieldDto, ProviderSettingsDto } from '@multimodel/contract';
import { shownNumber, storedNumber } from './field-unit.ts';

/** What a person did to one field; a field without one is as it was. */
export type FieldEdit =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'flag'; readonly isOn: boolean }
  /** A secret that is to be forgotten. */
  | { readonly kind: 'cleared' };

export type FieldEdits = Readonly<Record<string, FieldEdit>>;
export type FieldFault = 'required' | 'not_number' | 'not_json';

export interface FieldsOnWire {
  readonly settings: ProviderSettingsDto;
  readonly faults: Readonly<Record<string, FieldFault>>;
}

/** What a field shows: the edit, what is stored, or what holds by itself. */
export function shownText(field: ProviderSettingFieldDto, edits: FieldEdits, provider: ProviderDto | undefined): string {
  const edit = edits[field.name];
  if (edit?.kind === 'text') return edit.text;
  const stored = provider?.settings[field.name];
  if (stored === undefined || stored === null) return '';
  if (typeof stored === 'number') return String(shownNumber(field, stored));
  return typeof stored === 'string' ? stored : JSON.stringify(stored, undefined, 2);
}

export function shownFlag(field: ProviderSettingFieldDto, edits: FieldEdits, provider: ProviderDto | undefined): boolean {
  const edit = edits[field.name];
  if (edit?.kind === 'flag') return edit.isOn;
  return (provider?.settings[field.name] ?? field.default) === true;
}

/** An edit that brings back what is stored is none. */
export function isEdited(field: ProviderSettingFieldDto, edits: FieldEdits, provider: ProviderDto | undefined): boolean {
  const edit = edits[field.name];
  if (!edit) return false;
  if (edit.kind === 'cleared') return true;
  if (edit.kind === 'flag') return edit.isOn !== shownFlag(field, {}, provider);
  return edit.text.trim() !== shownText(field, {}, provider).trim();
}

/** The edited fields as the server takes them; `null` takes a stored value away. */
export function toWire(plugin: ProviderPluginDto, edits: FieldEdits, provider: ProviderDto | undefined): FieldsOnWire {
  const settings: ProviderSettingsDto = {};
  const faults: Record<string, FieldFault> = {};
  for (const field of plugin.fields) {
    const value = isEdited(field, edits, provider) ? wireValue(field, edits[field.name]) : undefined;
    if (value?.fault) faults[field.name] = value.fault;
    else if (value && !(value.value === null && !provider)) settings[field.name] = value.value;
    if (isMissing(field, edits, provider)) faults[field.name] = 'required';
  }
  return { settings, faults };
}

interface ReadValue {
  readonly value: ProviderSettingsDto[string];
  readonly fault?: FieldFault;
}

function wireValue(field: ProviderSettingFieldDto, edit: FieldEdit | undefined): ReadValue {
  if (!edit || edit.kind === 'cleared') return { value: null };
  if (edit.kind === 'flag') return { value: edit.isOn };
  const text = edit.text.trim();
  if (text === '') return { value: null };
  if (field.kind === 'number') return readNumber(field, text);
  if (field.kind === 'json') return readJson(text);
  return { value: text };
}

function readNumber(field: ProviderSettingFieldDto, text: string): ReadValue {
  const number = Number(text.replace(/\s/g, '').replace(',', '.'));
  return Number.isFinite(number) ? { value: storedNumber(field, number) } : { value: null, fault: 'not_number' };
}

function readJson(text: string): ReadValue {
  try {
    const value: unknown = JSON.parse(text);
    if (isJson(value)) return { value };
  } catch {
    // Told as a fault of the field.
  }
  return { value: null, fault: 'not_json' };
}

/** What JSON text was read into is JSON. */
function isJson(value: unknown): value is ProviderSettingsDto[string] {
  return value !== undefined;
}

function isMissing(field: ProviderSettingFieldDto, edits: FieldEdits, provider: ProviderDto | undefined): boolean {
  if (!field.isRequired || field.default !== undefined || field.kind === 'boolean') return false;
  const edit = edits[field.name];
  if (field.isSecret && !edit) return provider?.secrets[field.name]?.isSet !== true;
  if (edit?.kind === 'cleared') return true;
  return shownText(field, edits, provider).trim() === '';
}
