import type { AttachmentDto, SendMessage } from '@multimodel/contract';
import type { StorageArea } from './storage-area.ts';

/** A message on its way: the same key again for the same body, so that no retry makes a second message, not even after a reload. */
export interface SendAttempt {
  readonly key: string;
  /** As it was asked for: what a further try is compared with. */
  readonly asked: SendMessage;
  /** As it goes to the server. */
  readonly body: SendMessage;
}

interface Draft {
  readonly text: string;
  /** Those that the server has. */
  readonly files?: readonly AttachmentDto[] | undefined;
  readonly attempt?: SendAttempt | undefined;
}

/** A field that shows a draft. */
export interface DraftField {
  readonly chatId: () => string | undefined;
  /** The text comes from elsewhere; `isKept`: it is stored already. */
  readonly change: (next: (current: string) => string, isKept: boolean) => void;
}

/** A list that shows the files of a draft. */
export interface DraftFiles {
  readonly chatId: () => string | undefined;
  readonly change: (files: readonly AttachmentDto[]) => void;
}

/** Unsent text and files per chat; `undefined` stands for the chat that does not exist yet. */
export class Drafts {
  readonly #area: StorageArea;
  readonly #newKey: () => string;
  readonly #fields = new Set<DraftField>();
  readonly #fileLists = new Set<DraftFiles>();

  constructor(deps: { area: StorageArea; newKey: () => string }) {
    this.#area = deps.area;
    this.#newKey = deps.newKey;
  }

  text(chatId: string | undefined): string {
    return this.#read(chatId).text;
  }

  /** False when the browser would not take it: its storage is full, or closed to this page. */
  saveText(chatId: string | undefined, text: string): boolean {
    return this.#save(chatId, { ...this.#read(chatId), text });
  }

  files(chatId: string | undefined): readonly AttachmentDto[] {
    return this.#read(chatId).files ?? [];
  }

  saveFiles(chatId: string | undefined, files: readonly AttachmentDto[]): void {
    this.#save(chatId, { ...this.#read(chatId), files });
  }

  watchFiles(list: DraftFiles): () => void {
    this.#fileLists.add(list);
    return () => void this.#fileLists.delete(list);
  }

  watch(field: DraftField): () => void {
    this.#fields.add(field);
    return () => void this.#fields.delete(field);
  }

  /** A message that was to be sent is text again, before what was typed since. */
  putBack(chatId: string | undefined, text: string): void {
    const join = (current: string) => (current.trim() === '' ? text : `${text}\n\n${current}`);
    const field = [...this.#fields].find((shown) => shown.chatId() === chatId);
    if (field) field.change(join, false);
    else this.saveText(chatId, join(this.text(chatId)));
  }

  /** Another tab wrote. What is typed for a new chat belongs to its tab: two tabs may begin two chats. */
  changedElsewhere(storageKey: string): void {
    for (const { chatId, change } of this.#fields) {
      const id = chatId();
      if (id !== undefined && draftKey(id) === storageKey) change(() => this.text(id), true);
    }
    for (const { chatId, change } of this.#fileLists) {
      const id = chatId();
      if (id !== undefined && draftKey(id) === storageKey) change(this.files(id));
    }
  }

  /** `leafId`: the end of the branch on the screen, below which the message goes if it names no place of its own. */
  attemptFor(chatId: string | undefined, asked: SendMessage, leafId?: string): SendAttempt {
    const draft = this.#read(chatId);
    const isSame = JSON.stringify(draft.attempt?.asked) === JSON.stringify(asked);
    const body = asked.parentId === undefined && leafId !== undefined ? { ...asked, parentId: leafId } : asked;
    const attempt = isSame && draft.attempt ? draft.attempt : { key: this.#newKey(), asked, body };
    this.#area.write(draftKey(chatId), { ...draft, attempt });
    return attempt;
  }

  /** The message arrived. What was typed meanwhile stays. */
  accepted(chatId: string | undefined, attempt: SendAttempt): void {
    const { text, files = [] } = this.#read(chatId);
    const rest = files.filter(({ id }) => !attempt.body.attachments?.includes(id));
    this.#save(chatId, { text: text === attempt.body.text ? '' : text, files: rest });
  }

  /** The chat got another name. */
  move(from: string | undefined, to: string): void {
    const draft = this.#read(from);
    if (from === to || isEmpty({ ...draft, attempt: undefined })) return;
    this.#area.write(draftKey(to), draft);
    this.#area.remove(draftKey(from));
  }

  #save(chatId: string | undefined, { files = [], ...draft }: Draft): boolean {
    const saved = files.length > 0 ? { ...draft, files } : draft;
    if (!isEmpty(saved)) return this.#area.write(draftKey(chatId), saved);
    this.#area.remove(draftKey(chatId));
    return true;
  }

  #read(chatId: string | undefined): Draft {
    const value = this.#area.read(draftKey(chatId));
    return isDraft(value) ? value : { text: '' };
  }
}

const draftKey = (chatId: string | undefined) => `mmc.draft.${chatId ?? 'new'}`;

const isEmpty = ({ text, files = [], attempt }: Draft): boolean => text === '' && files.length === 0 && !attempt;

function isDraft(value: unknown): value is Draft {
  if (typeof value !== 'object' || value === null || !('text' in value) || typeof value.text !== 'string') return false;
  return !('files' in value) || (Array.isArray(value.files) && value.files.every(isAttachment));
}

function isAttachment(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'id' in value && 'name' in value && 'mediaType' in value && 'size' in value;
}
