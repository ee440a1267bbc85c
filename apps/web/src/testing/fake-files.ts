import { ApiError, type Client } from '@multimodel/client';
import type { UploadedAttachmentDto } from '@multimodel/contract';

/** Uploads in memory. `hold` makes them wait until `release`; `failNext` makes the next one fail. */
export class FakeFiles {
  readonly stored = new Map<string, UploadedAttachmentDto>();
  readonly uploads: string[] = [];
  readonly deleted: string[] = [];
  maxBytes = 1_000;
  readonly #byKey = new Map<string, UploadedAttachmentDto>();
  #held: PromiseWithResolvers<void> | undefined;
  #failure: unknown;

  readonly client: Client['attachments'] = {
    limits: async () => ({ maxBytes: this.maxBytes, maxPerMessage: 3, mediaTypes: ['image/png', 'text/plain'] }),
    upload: async ({ content, name, mediaType = '' }, { idempotencyKey = '', signal } = {}) => {
      this.uploads.push(`${name} ${idempotencyKey}`);
      await this.#held?.promise;
      signal?.throwIfAborted();
      const failure = this.#failure;
      this.#failure = undefined;
      if (failure !== undefined) throw failure;
      const known = this.#byKey.get(idempotencyKey);
      const size = content instanceof Blob ? content.size : content.length;
      const made = known ?? { ...base, id: `file-${this.stored.size + 1}`, name, mediaType, size, createdAt: 1 };
      this.stored.set(made.id, made);
      this.#byKey.set(idempotencyKey, made);
      return made;
    },
    get: async (id) => this.take(id),
    delete: async (id) => {
      this.deleted.push(id);
      this.stored.delete(id);
    },
    contentUrl: (id) => `/files/${id}`,
  };

  take(id: string): UploadedAttachmentDto {
    const file = this.stored.get(id);
    if (!file) throw new ApiError({ status: 404, code: 'not_found' });
    return file;
  }

  hold(): void {
    this.#held = Promise.withResolvers();
  }

  release(): void {
    this.#held?.resolve();
    this.#held = undefined;
  }

  failNext(error: unknown): void {
    this.#failure = error;
  }
}

const base = { kind: 'image', sha256: '', width: 640, height: 480 } as const;
