import { ApiError, type Client, newIdempotencyKey } from '@multimodel/client';
import type { AttachmentLimitsDto } from '@multimodel/contract';
import type { ConnectionStore } from '../state/connection-store.ts';
import type { MessageFilesDeps } from '../state/message-files.ts';
import { onWakeOrReturn } from './browser.ts';

interface FileDepsInput {
  readonly client: Pick<Client, 'attachments'>;
  readonly connection: ConnectionStore;
}

const transport = () => import('../features/files/transport-part.ts');

// While there is a connection, for when there is none.
if (typeof requestIdleCallback === 'function') requestIdleCallback(() => void transport().catch(() => undefined), { timeout: 5_000 });

/** How files reach the server, and the shelf in the browser where they wait for it. */
export function createFileDeps({ client, connection }: FileDepsInput): Omit<MessageFilesDeps, 'drafts' | 'outbox'> {
  const { attachments } = client;
  let limits: Promise<AttachmentLimitsDto> | undefined;
  return {
    upload: async (file, { key, signal, onProgress }) => {
      const { fetchWithProgress } = await transport();
      return attachments.upload(file, { idempotencyKey: key, signal, fetch: fetchWithProgress(onProgress, connection) });
    },
    limits: () => {
      limits ??= attachments.limits().catch((error: unknown) => {
        limits = undefined;
        throw error;
      });
      return limits;
    },
    has: (id) =>
      attachments.get(id).then(
        () => true,
        (error: unknown) => !(error instanceof ApiError && error.status === 404),
      ),
    // The server forgets it by itself in a day.
    discard: (id) => void attachments.delete(id).catch(() => undefined),
    newKey: newIdempotencyKey,
    onReturn: (callback) => onWakeOrReturn(connection, callback),
    shelf: {
      put: async (key, content) => (await transport()).shelf.put(key, content),
      get: async (key) => (await transport()).shelf.get(key),
      delete: async (key) => (await transport()).shelf.delete(key),
    },
  };
}
