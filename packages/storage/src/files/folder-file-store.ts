import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { type FileHandle, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileStore, StagedFile } from '@multimodel/core';
import { AppError, attachmentTexts } from '@multimodel/core';
import { makeFolder } from './make-folder.ts';

/** Enough for the size of nearly every picture: cameras put a preview before it. */
const headBytes = 64 * 1024;
const hashPattern = /^[\da-f]{64}$/;

/**
 * Contents as files of one folder, `ab/abcdef…` each by its hash. A new one is written apart, flushed to the disk and then renamed, so that
 * under its name there is all of it or nothing, whatever happens. The folder belongs to one process, as the database does.
 */
export class FolderFileStore implements FileStore {
  readonly #folder: string;
  readonly #unfinished: string;

  constructor(folder: string) {
    this.#folder = folder;
    this.#unfinished = join(folder, 'unfinished');
    makeFolder(this.#unfinished);
    // Uploads that a crash has cut.
    for (const name of readdirSync(this.#unfinished)) rmSync(join(this.#unfinished, name), { force: true });
  }

  async stage(content: AsyncIterable<Uint8Array>, { maxBytes }: { readonly maxBytes: number }): Promise<StagedFile> {
    const path = join(this.#unfinished, randomUUID());
    const discard = (): Promise<void> => rm(path, { force: true });
    try {
      const received = await receive(content, path, maxBytes);
      const commit = (): Promise<void> => this.#commit(path, received.sha256);
      return { ...received, commit, [Symbol.asyncDispose]: discard };
    } catch (error) {
      await discard();
      throw error;
    }
  }

  async open(sha256: string): Promise<AsyncIterable<Uint8Array>> {
    const handle = await this.#find(sha256, (path) => open(path, 'r'));
    return handle.createReadStream();
  }

  async read(sha256: string): Promise<Uint8Array> {
    return this.#find(sha256, (path) => readFile(path));
  }

  async delete(sha256: string): Promise<void> {
    await rm(this.#pathOf(sha256), { force: true });
  }

  async *list(): AsyncGenerator<string, void, undefined> {
    for (const part of await readdir(this.#folder)) {
      if (!/^[\da-f]{2}$/.test(part)) continue;
      for (const name of await readdir(join(this.#folder, part))) if (hashPattern.test(name)) yield name;
    }
  }

  async #commit(path: string, sha256: string): Promise<void> {
    const target = this.#pathOf(sha256);
    if (await isThere(target)) return;
    const folder = join(this.#folder, sha256.slice(0, 2));
    makeFolder(folder);
    await rename(path, target);
    await flushFolder(folder);
    await flushFolder(this.#folder);
  }

  async #find<T>(sha256: string, read: (path: string) => Promise<T>): Promise<T> {
    try {
      return await read(this.#pathOf(sha256));
    } catch (cause) {
      if (codeOf(cause) !== 'ENOENT') throw cause;
      throw new AppError('not_found', attachmentTexts.contentLost, { cause, details: { what: 'Content', id: sha256 } });
    }
  }

  #pathOf(sha256: string): string {
    if (!hashPattern.test(sha256)) throw new AppError('not_found', attachmentTexts.contentLost);
    return join(this.#folder, sha256.slice(0, 2), sha256);
  }
}

type Received = Pick<StagedFile, 'sha256' | 'size' | 'head'>;

async function receive(content: AsyncIterable<Uint8Array>, path: string, maxBytes: number): Promise<Received> {
  const hash = createHash('sha256');
  const head: Uint8Array[] = [];
  let size = 0;
  await using file = await createPrivate(path);
  for await (const bytes of content) {
    if (size < headBytes) head.push(bytes.slice(0, headBytes - size));
    size += bytes.length;
    if (size > maxBytes) throw new AppError('payload_too_large', attachmentTexts.tooLarge(maxBytes), { details: { limit: maxBytes } });
    hash.update(bytes);
    await writeAll(file, bytes);
  }
  await file.sync();
  return { sha256: hash.digest('hex'), size, head: Buffer.concat(head) };
}

function createPrivate(path: string): Promise<FileHandle> {
  return open(path, 'wx', 0o600);
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length; ) written += (await file.write(bytes, written)).bytesWritten;
}

/** A name is safe only when its folder is. Windows knows no such thing and keeps names by itself. */
async function flushFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  await using folder = await open(path, 'r');
  await folder.sync();
}

async function isThere(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
