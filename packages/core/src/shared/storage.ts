import type { AttachmentReader, AttachmentWriter } from '../attachment/attachment.ts';
import type { ChatReader, ChatWriter } from '../chat/chat.ts';
import type { MessageReader, MessageWriter } from '../chat/message.ts';
import type { ProviderReader, ProviderWriter } from '../provider/provider-record.ts';
import type { RunReader, RunWriter } from '../run/run.ts';
import type { SettingsReader, SettingsWriter } from '../settings/user-settings.ts';
import type { UsageReader, UsageWriter } from '../usage/usage-record.ts';
import type { IdempotencyReader, IdempotencyWriter } from './idempotency.ts';

export interface StorageReader {
  readonly chats: ChatReader;
  readonly messages: MessageReader;
  readonly attachments: AttachmentReader;
  readonly runs: RunReader;
  readonly providers: ProviderReader;
  readonly settings: SettingsReader;
  readonly usage: UsageReader;
  readonly idempotency: IdempotencyReader;
}

export interface StorageWriter {
  readonly chats: ChatWriter;
  readonly messages: MessageWriter;
  readonly attachments: AttachmentWriter;
  readonly runs: RunWriter;
  readonly providers: ProviderWriter;
  readonly settings: SettingsWriter;
  readonly usage: UsageWriter;
  readonly idempotency: IdempotencyWriter;
}

/**
 * Repositories over one database. Writes exist only inside `transact`: all of it is kept, or nothing is.
 * A locked or full database is `AppError('storage_unavailable')`.
 */
export interface Storage extends AsyncDisposable {
  readonly read: StorageReader;
  transact<T>(work: (tx: StorageWriter) => Promise<T>): Promise<T>;
  /** Throws `storage_unavailable` when the database does not answer. */
  ping(): Promise<void>;
}
