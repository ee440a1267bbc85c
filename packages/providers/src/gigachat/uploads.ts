import { createHash } from 'node:crypto';
import type { FilePart, Logger } from '@multimodel/core';
import { z } from 'zod';
import { callJson, callVendor, type JsonCaller } from '../shared/call-json.ts';
import { wireTypeOf } from './file-kinds.ts';
import { toMultipart } from './multipart.ts';

export interface UploadsDeps {
  readonly api: JsonCaller;
  /** Under which the files lie; they exist in the first version only. */
  readonly v1: string;
  readonly logger: Logger;
  /** Files that are remembered; the oldest beyond it are deleted at the vendor. */
  readonly most?: number | undefined;
}

interface Upload {
  readonly id: Promise<string>;
}

const uploaded = z.object({ id: z.string().min(1) });
const deletionLimitMs = 10_000;

/**
 * Files at the vendor by their content: a conversation sends the same file again and again, and it is uploaded once. Bounded and in
 * memory; what is forgotten is deleted at the vendor.
 */
export class Uploads {
  readonly #deps: UploadsDeps;
  readonly #byHash = new Map<string, Upload>();

  constructor(deps: UploadsDeps) {
    this.#deps = deps;
  }

  /** Callers at the same time share one upload. */
  async idOf(file: FilePart, signal: AbortSignal): Promise<string> {
    const hash = hashOf(file.data);
    const known = this.#byHash.get(hash);
    const upload = known ?? { id: this.#upload(file, signal) };
    // The newest last.
    this.#byHash.delete(hash);
    this.#byHash.set(hash, upload);
    try {
      const id = await upload.id;
      if (!known) this.#evict();
      return id;
    } catch (error) {
      if (this.#byHash.get(hash) === upload) this.#byHash.delete(hash);
      // Whoever began it left; those who wait for the same begin anew.
      if (known && !signal.aborted) return this.idOf(file, signal);
      throw error;
    }
  }

  /** The vendor says that it does not have these any more. */
  lose(files: Iterable<FilePart>): void {
    for (const { data } of files) this.#byHash.delete(hashOf(data));
  }

  /** Deletes at the vendor, too. Without a trace of the file there is nothing to do. */
  async forget(contentHash: string, signal: AbortSignal): Promise<void> {
    const upload = this.#byHash.get(contentHash);
    this.#byHash.delete(contentHash);
    const id = await upload?.id.catch(() => undefined);
    if (id !== undefined) await this.#delete(id, signal);
  }

  async #upload(file: FilePart, signal: AbortSignal): Promise<string> {
    const { api, v1 } = this.#deps;
    const type = wireTypeOf(file);
    if (!type) throw new TypeError(`No file of the type ${file.mediaType} can be uploaded`);
    const name = withExtension(file.name ?? 'file', type.extension);
    const content = toMultipart({ name, mime: type.mime, data: file.data });
    const { id } = await callJson(api, { method: 'POST', path: `${v1}/files`, content, schema: uploaded, signal });
    return id;
  }

  #evict(): void {
    const { most = 200, logger } = this.#deps;
    while (this.#byHash.size > most) {
      const [oldest] = this.#byHash.keys();
      if (oldest === undefined) return;
      this.forget(oldest, AbortSignal.timeout(deletionLimitMs)).catch((error: unknown) => {
        logger.warn({ err: error }, 'an uploaded file could not be deleted at the vendor');
      });
    }
  }

  async #delete(id: string, signal: AbortSignal): Promise<void> {
    const { api, v1 } = this.#deps;
    const response = await callVendor(api, { method: 'POST', path: `${v1}/files/${encodeURIComponent(id)}/delete`, signal });
    response.body.drain();
  }
}

const hashOf = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** The vendor looks at the name as well as at the type. */
function withExtension(name: string, extension: string): string {
  return name.toLowerCase().endsWith(`.${extension}`) ? name : `${name}.${extension}`;
}
