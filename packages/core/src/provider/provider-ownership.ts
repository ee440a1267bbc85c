import { AppError } from '../errors/app-error.ts';
import { faultTexts } from '../errors/fault-texts.ts';
import type { Localized } from '../shared/localized.ts';
import type { ProviderRecord } from './provider-record.ts';

type Facts = Pick<ProviderRecord, 'slug' | 'source'>;

/** Throws `conflict` that says where the provider is changed instead. */
export function assertChangeable(record: Facts, patch: object, isConfigured: boolean): void {
  if (record.source === 'user') return;
  const isSwitch = Object.entries(patch).every(([name, value]) => name === 'isEnabled' || value === undefined);
  if (record.source === 'built-in' && isSwitch) return;
  throw foreign(record, isConfigured ? placeToChange(record) : faultTexts.leftConfiguration);
}

/** Throws `conflict`; what left the configuration may go. */
export function assertDeletable(record: Facts, isConfigured: boolean): void {
  if (record.source === 'user' || !isConfigured) return;
  throw foreign(record, placeToChange(record));
}

function placeToChange({ source }: Facts): Localized {
  switch (source) {
    case 'config':
      return faultTexts.changedInFile;
    case 'environment':
      return faultTexts.changedInEnvironment;
    case 'built-in':
      return faultTexts.onlySwitched;
    case 'user':
      return faultTexts.changedHere;
    default:
      return source satisfies never;
  }
}

function foreign({ slug, source }: Facts, why: Localized): AppError {
  return new AppError('conflict', faultTexts.ofProvider(slug, why), { details: { field: 'source', source } });
}
