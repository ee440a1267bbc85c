import type { Drafts } from '../state/drafts.ts';
import { type FileShelf, MessageFiles } from '../state/message-files.ts';
import type { Outbox } from '../state/outbox.ts';
import type { FakeServer } from './fake-server.ts';

interface FakeMessageFilesInput {
  readonly server: FakeServer;
  readonly drafts: Drafts;
  readonly outbox: Outbox;
  readonly shelf?: FileShelf;
  readonly onReturn?: (callback: () => void) => () => void;
}

let lastKey = 0;

/** Uploads to the server in memory. */
export function fakeMessageFiles({ server, drafts, outbox, ...input }: FakeMessageFilesInput): MessageFiles {
  const { client } = server.files;
  return new MessageFiles({
    drafts,
    outbox,
    shelf: input.shelf ?? memoryShelf(),
    upload: (file, { key, signal, onProgress }) => {
      onProgress(0.5);
      return client.upload(file, { idempotencyKey: key, signal });
    },
    limits: () => client.limits(),
    has: (id) =>
      client.get(id).then(
        () => true,
        () => false,
      ),
    discard: (id) => void client.delete(id),
    newKey: () => `upload-${++lastKey}`,
    onReturn: input.onReturn ?? (() => () => undefined),
  });
}

export function memoryShelf(contents = new Map<string, Blob>()): FileShelf {
  return {
    put: async (key, content) => void contents.set(key, content),
    get: async (key) => contents.get(key),
    delete: async (key) => void contents.delete(key),
  };
}
