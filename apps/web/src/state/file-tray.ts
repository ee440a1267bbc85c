import { ApiError, NetworkError } from '@multimodel/client';
import type { AttachmentDto, AttachmentLimitsDto } from '@multimodel/contract';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { toUnsentFile, type UnsentFile } from './unsent-file.ts';

export type FileFault =
  | { readonly kind: 'empty' }
  | { readonly kind: 'large'; readonly limit: number }
  | { readonly kind: 'many'; readonly limit: number }
  /** Neither the server nor this browser has it any more. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'error'; readonly error: unknown };

export interface TrayFile extends UnsentFile {
  /** `waiting`: for the connection. */
  readonly state: 'uploading' | 'waiting' | 'ready' | 'failed';
  /** How much of it is at the server, from 0 to 1. */
  readonly progress: number;
  readonly fault?: FileFault | undefined;
  /** As long as the page lives. */
  readonly content?: Blob | undefined;
}

export interface TrayState {
  readonly files: readonly TrayFile[];
  /** The message goes as soon as its files are there. */
  readonly isSendWanted: boolean;
}

export interface UploadHow {
  readonly key: string;
  readonly signal: AbortSignal;
  readonly onProgress: (share: number) => void;
}

export interface FileTrayDeps {
  readonly upload: (file: { content: Blob; name: string; mediaType: string }, how: UploadHow) => Promise<AttachmentDto>;
  readonly limits: () => Promise<AttachmentLimitsDto>;
  /** False for one that the server has thrown away. */
  readonly has: (id: string) => Promise<boolean>;
  readonly discard: (id: string) => void;
  readonly newKey: () => string;
  readonly onReturn: (callback: () => void) => () => void;
}

/** More at once would only make each of them slower. */
const uploadsAtOnce = 3;

/** The files of a message in the making: they go up at once, and wait here to be sent. */
export class FileTray {
  readonly store: StoreApi<TrayState>;
  readonly #deps: FileTrayDeps;
  readonly #uploads = new Map<string, AbortController>();
  #stopWaiting: (() => void) | undefined;

  constructor(deps: FileTrayDeps, files: readonly UnsentFile[] = []) {
    this.#deps = deps;
    this.store = createStore(() => ({ files: files.map(toReady), isSendWanted: false }));
  }

  get files(): readonly TrayFile[] {
    return this.store.getState().files;
  }

  add(contents: readonly File[]): void {
    const added = contents.map((content) => ({
      key: this.#deps.newKey(),
      name: content.name,
      size: content.size,
      mediaType: content.type,
      content,
    }));
    this.#append(added.map((file) => ({ ...file, state: 'uploading', progress: 0 })));
  }

  /** Taken back from a message that was to be sent. What lacks its content is gone. */
  putBack(files: readonly (UnsentFile & { readonly content?: Blob | undefined })[]): void {
    const known = new Set(this.files.map(({ key }) => key));
    this.#append(files.filter(({ key }) => !known.has(key)).map(toTrayFile));
  }

  remove(key: string): void {
    const file = this.#find(key);
    this.release([key]);
    if (file?.attachment && !file.isOfMessage) this.#deps.discard(file.attachment.id);
  }

  retry(key: string): void {
    const file = this.#find(key);
    if (!file?.content || file.state === 'ready') return;
    this.#change(key, { state: 'uploading', progress: 0, fault: undefined });
    void this.#start();
  }

  /** They are part of a message now. */
  release(keys: readonly string[]): void {
    for (const key of keys) {
      this.#uploads.get(key)?.abort();
      this.#uploads.delete(key);
    }
    const files = this.files.filter(({ key }) => !keys.includes(key));
    this.store.setState(({ isSendWanted }) => ({ files, isSendWanted: isSendWanted && files.length > 0 }));
    this.#pump();
  }

  wantSend(isSendWanted: boolean): void {
    this.store.setState({ isSendWanted });
  }

  /** What another tab has made of the same draft. */
  adopt(attachments: readonly AttachmentDto[]): void {
    const wanted = new Set(attachments.map(({ id }) => id));
    const known = new Set(this.files.map(({ attachment }) => attachment?.id));
    const kept = this.files.filter(({ attachment }) => !attachment || wanted.has(attachment.id));
    const added = attachments.filter(({ id }) => !known.has(id)).map((attachment) => toReady(toUnsentFile(attachment)));
    if (added.length > 0 || kept.length < this.files.length) this.store.setState({ files: [...kept, ...added] });
  }

  /** The server keeps a file that is not sent for a day. */
  async verify(): Promise<void> {
    await Promise.all(
      this.files.map(async ({ key, attachment, isOfMessage }) => {
        if (attachment && !isOfMessage && !(await this.#deps.has(attachment.id)))
          this.#change(key, { state: 'failed', attachment: undefined, fault: { kind: 'gone' } });
      }),
    );
  }

  #append(files: readonly TrayFile[]): void {
    this.store.setState((state) => ({ files: [...state.files, ...files] }));
    void this.#start();
  }

  async #start(): Promise<void> {
    // Without them the server says it, after the upload.
    const limits = await this.#deps.limits().catch(() => undefined);
    this.files.forEach((file, index) => {
      const fault = file.state === 'uploading' ? faultOf(file, index, limits) : undefined;
      if (fault) this.#change(file.key, { state: 'failed', fault });
    });
    this.#pump();
  }

  #pump(): void {
    const next = this.files.filter(({ key, state }) => state === 'uploading' && !this.#uploads.has(key));
    for (const file of next.slice(0, Math.max(0, uploadsAtOnce - this.#uploads.size))) void this.#upload(file);
  }

  async #upload({ key, name, mediaType, content }: TrayFile): Promise<void> {
    if (!content) return this.#change(key, { state: 'failed', fault: { kind: 'gone' } });
    const controller = new AbortController();
    this.#uploads.set(key, controller);
    const how = { key, signal: controller.signal, onProgress: (progress: number) => this.#change(key, { progress }) };
    try {
      const attachment = await this.#deps.upload({ content, name, mediaType }, how);
      if (!controller.signal.aborted) this.#change(key, { state: 'ready', progress: 1, attachment });
    } catch (error) {
      if (!controller.signal.aborted) this.#fail(key, error);
    } finally {
      if (this.#uploads.get(key) === controller) this.#uploads.delete(key);
      this.#pump();
    }
  }

  #fail(key: string, error: unknown): void {
    if (error instanceof NetworkError || (error instanceof ApiError && error.code === 'shutting_down')) {
      this.#change(key, { state: 'waiting', progress: 0 });
      this.#stopWaiting ??= this.#deps.onReturn(() => this.#goOn());
      return;
    }
    this.#change(key, { state: 'failed', progress: 0, fault: { kind: 'error', error } });
  }

  #goOn(): void {
    this.#stopWaiting?.();
    this.#stopWaiting = undefined;
    for (const { key, state } of this.files) if (state === 'waiting') this.#change(key, { state: 'uploading' });
    void this.#start();
  }

  #find(key: string): TrayFile | undefined {
    return this.files.find((file) => file.key === key);
  }

  #change(key: string, changes: Partial<TrayFile>): void {
    this.store.setState(({ files, isSendWanted }) => ({
      files: files.map((file) => (file.key === key ? { ...file, ...changes } : file)),
      // What fails has to be looked at first.
      isSendWanted: isSendWanted && changes.state !== 'failed',
    }));
  }
}

const toReady = (file: UnsentFile): TrayFile => ({ ...file, state: 'ready', progress: 1 });

function toTrayFile(file: UnsentFile & { readonly content?: Blob | undefined }): TrayFile {
  if (file.attachment) return toReady(file);
  return file.content ? { ...file, state: 'uploading', progress: 0 } : { ...file, state: 'failed', progress: 0, fault: { kind: 'gone' } };
}

function faultOf({ size }: TrayFile, index: number, limits: AttachmentLimitsDto | undefined): FileFault | undefined {
  if (size === 0) return { kind: 'empty' };
  if (limits && size > limits.maxBytes) return { kind: 'large', limit: limits.maxBytes };
  if (limits && index >= limits.maxPerMessage) return { kind: 'many', limit: limits.maxPerMessage };
  return undefined;
}
