import { describe } from 'vitest';
import { attachmentContract } from './attachment-contract.ts';
import { chatContract } from './chat-contract.ts';
import { idempotencyContract } from './idempotency-contract.ts';
import { messageContract } from './message-contract.ts';
import { providerContract } from './provider-contract.ts';
import { runContract } from './run-contract.ts';
import { settingsAndUsageContract } from './settings-and-usage-contract.ts';
import type { OpenTestStorage } from './test-database.ts';
import { transactionContract } from './transaction-contract.ts';

/** What every database must do alike. `open` gives a migrated, empty storage each time. */
export function describeStorage(name: string, open: OpenTestStorage, { isSkipped = false }: { readonly isSkipped?: boolean } = {}): void {
  describe.skipIf(isSkipped)(`storage contract: ${name}`, () => {
    describe('chats', () => chatContract(open));
    describe('messages', () => messageContract(open));
    describe('attachments', () => attachmentContract(open));
    describe('runs', () => runContract(open));
    describe('providers', () => providerContract(open));
    describe('settings and usage', () => settingsAndUsageContract(open));
    describe('idempotency', () => idempotencyContract(open));
    describe('transactions', () => transactionContract(open));
  });
}
