import type { JsonValue } from '../model/chat-request.ts';
import type { UserId } from './ids.ts';

/** What a write with an idempotency key answered the first time. */
export interface IdempotencyRecord {
  readonly ownerId: UserId;
  readonly key: string;
  /** Hash of route and body: the same key with another request is an error of the caller. */
  readonly fingerprint: string;
  readonly response: JsonValue;
  readonly createdAt: number;
}

export interface IdempotencyReader {
  find(ownerId: UserId, key: string): Promise<IdempotencyRecord | undefined>;
}
export interface IdempotencyWriter extends IdempotencyReader {
  /** False, and nothing done, when another request was first. */
  insert(record: IdempotencyRecord): Promise<boolean>;
  deleteOlderThan(createdAt: number): Promise<void>;
}
