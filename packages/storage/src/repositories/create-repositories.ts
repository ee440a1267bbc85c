import type { StorageWriter } from '@multimodel/core';
import type { Kysely } from 'kysely';
import type { Database } from '../generated/database.ts';
import type { StorageDialect } from '../storage-dialect.ts';
import { AttachmentRepository } from './attachment-repository.ts';
import { ChatRepository } from './chat-repository.ts';
import { IdempotencyRepository } from './idempotency-repository.ts';
import { MessageRepository } from './message-repository.ts';
import { ProviderRepository } from './provider-repository.ts';
import { RunRepository } from './run-repository.ts';
import { SettingsRepository } from './settings-repository.ts';
import { UsageRepository } from './usage-repository.ts';

interface RepositoryOptions {
  readonly dialect: StorageDialect;
  readonly isTransaction: boolean;
}

export const createRepositories = (db: Kysely<Database>, { dialect, isTransaction }: RepositoryOptions): StorageWriter => ({
  chats: new ChatRepository(db, isTransaction && dialect === 'postgresql'),
  messages: new MessageRepository(db, dialect),
  attachments: new AttachmentRepository(db, isTransaction && dialect === 'postgresql'),
  runs: new RunRepository(db, dialect),
  providers: new ProviderRepository(db),
  settings: new SettingsRepository(db),
  usage: new UsageRepository(db),
  idempotency: new IdempotencyRepository(db),
});
