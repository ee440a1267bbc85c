import type { SendMessage } from '@multimodel/contract';
import type { Drafts } from './drafts.ts';
import { FileTray, type FileTrayDeps, type TrayFile } from './file-tray.ts';
import type { Outbox, OutboxEntry } from './outbox.ts';
import { toUnsentFile, type UnsentFile, withFiles } from './unsent-file.ts';

/** Contents in the browser, for messages that wait for the server. Rejects where the browser keeps nothing. */
export interface FileShelf {
  put(key: string, content: Blob): Promise<void>;
  get(key: string): Promise<Blob | undefined>;
  delete(key: string): Promise<void>;
}

export interface MessageFilesDeps extends FileTrayDeps {
  readonly outbox: Outbox;
  readonly drafts: Drafts;
  readonly shelf: FileShelf;
}

/** A waiting message whose file the browser has not kept. */
export class LostFileError extends Error {
  override readonly name = 'LostFileError';
  readonly fileName: string;

  constructor(fileName: string) {
    super(`The file ${fileName} is not in this browser any more`);
    this.fileName = fileName;
  }
}

/** Files on their way into messages. */
export class MessageFiles {
  readonly #deps: MessageFilesDeps;

  constructor(deps: MessageFilesDeps) {
    this.#deps = deps;
  }

  newTray(files: readonly UnsentFile[] = []): FileTray {
    return new FileTray(this.#deps, files);
  }

  /** A tray that a reload brings back, and that other tabs with the same chat show too. */
  draftTray(draftId: () => string | undefined): FileTray {
    const { drafts } = this.#deps;
    const tray = this.newTray(drafts.files(draftId()).map((attachment) => toUnsentFile(attachment)));
    let saved = idsOf(tray.files);
    tray.store.subscribe(({ files }) => {
      if (idsOf(files) === saved) return;
      saved = idsOf(files);
      drafts.saveFiles(draftId(), attachmentsOf(files));
    });
    drafts.watchFiles({ chatId: draftId, change: (attachments) => tray.adopt(attachments) });
    return tray;
  }

  /** For a message that waits: false when the browser would not take what the server does not have. */
  async keep(files: readonly TrayFile[]): Promise<boolean> {
    try {
      for (const { key, content, attachment } of files) {
        if (attachment) continue;
        if (!content) return false;
        await this.#deps.shelf.put(key, content);
      }
      return true;
    } catch {
      return false;
    }
  }

  /** Brings the files of a waiting message to the server; each once, however often it is tried. */
  async complete({ key, body, files = [] }: OutboxEntry): Promise<SendMessage> {
    let done = files;
    for (const file of files.filter(({ attachment }) => !attachment)) {
      const content = await this.#contentOf(file);
      if (!content) throw new LostFileError(file.name);
      const how = { key: file.key, signal: new AbortController().signal, onProgress: () => undefined };
      const attachment = await this.#deps.upload({ content, name: file.name, mediaType: file.mediaType }, how);
      done = done.map((each) => (each.key === file.key ? { ...each, attachment } : each));
      this.#deps.outbox.change(key, { files: done });
    }
    return withFiles(body, done);
  }

  /** Of a message that was taken back. */
  async giveBack(tray: FileTray, files: readonly UnsentFile[] = []): Promise<void> {
    const found = await Promise.all(
      files.map(async (file) => ({ ...file, content: file.attachment ? undefined : await this.#contentOf(file) })),
    );
    tray.putBack(found);
    this.forget(files);
  }

  /** What no message waits with any more. */
  forget(files: readonly UnsentFile[] = []): void {
    const wanted = new Set(this.#deps.outbox.store.getState().entries.flatMap((entry) => entry.files?.map(({ key }) => key) ?? []));
    // What is left there takes room and does no harm.
    for (const { key } of files) if (!wanted.has(key)) this.#deps.shelf.delete(key).catch(() => undefined);
  }

  #contentOf({ key }: UnsentFile): Promise<Blob | undefined> {
    return this.#deps.shelf.get(key).catch(() => undefined);
  }
}

const attachmentsOf = (files: readonly TrayFile[]) => files.flatMap(({ attachment }) => attachment ?? []);
const idsOf = (files: readonly TrayFile[]): string =>
  attachmentsOf(files)
    .map(({ id }) => id)
    .join();
