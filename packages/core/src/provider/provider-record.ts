import type { JsonObject } from '../model/chat-request.ts';
import type { ProviderId } from '../shared/ids.ts';

export type ProviderSource = 'config' | 'environment' | 'built-in' | 'user';

/** One configured account of a plugin, as stored. Secret fields are inside `sealedSecrets`, encrypted. */
export interface ProviderRecord {
  readonly id: ProviderId;
  /** First part of public model names. */
  readonly slug: string;
  readonly plugin: string;
  readonly displayName: string;
  readonly settings: JsonObject;
  /** Secret settings, sealed; absent when there are none. */
  readonly sealedSecrets?: string | undefined;
  readonly source: ProviderSource;
  readonly isEnabled: boolean;
  readonly position: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface ProviderReader {
  findBySlug(slug: string): Promise<ProviderRecord | undefined>;
  /** All of them, by position: an instance has tens at most. */
  list(): Promise<readonly ProviderRecord[]>;
}
export interface ProviderWriter extends ProviderReader {
  /** Inserts, or replaces the one with the same slug (its id and `createdAt` stay). */
  save(record: ProviderRecord): Promise<void>;
  delete(id: ProviderId): Promise<void>;
}
