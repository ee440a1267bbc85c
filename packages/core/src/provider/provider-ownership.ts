import { AppError } from '../errors/app-error.ts';
import type { ProviderRecord } from './provider-record.ts';

type Facts = Pick<ProviderRecord, 'slug' | 'source'>;

/** Throws `conflict` that says where the provider is changed instead. */
export function assertChangeable(record: Facts, patch: object, isConfigured: boolean): void {
  if (record.source === 'user') return;
  const isSwitch = Object.entries(patch).every(([name, value]) => name === 'isEnabled' || value === undefined);
  if (record.source === 'built-in' && isSwitch) return;
  throw foreign(record, isConfigured ? placeToChange(record) : 'is no longer in the configuration: put it back there, or delete it');
}

/** Throws `conflict`; what left the configuration may go. */
export function assertDeletable(record: Facts, isConfigured: boolean): void {
  if (record.source === 'user' || !isConfigured) return;
  throw foreign(record, placeToChange(record));
}

function placeToChange({ source }: Facts): string {
  switch (source) {
    case 'config':
      return 'comes from the configuration file: change or remove it there and restart the server';
    case 'environment':
      return 'comes from environment variables: change or remove them and restart the server';
    case 'built-in':
      return 'is part of the product: it can only be switched on and off';
    case 'user':
      return 'can be changed here';
    default:
      return source satisfies never;
  }
}

function foreign({ slug, source }: Facts, why: string): AppError {
  return new AppError('conflict', `"${slug}" ${why}`, { details: { field: 'source', source } });
}
