import type { SendMessage } from '@multimodel/contract';
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
  readonly attempt?: SendAttempt | undefined;
}

/** A field that shows a draft. */
export interface DraftField {
  readonly chatId: () => string | undefined;
  /** The text comes from elsewhere; `isKept`: it is stored already. */
  readonly change: (next: (current: string) => string, isKept: boolean) => void;
}

/** Unsent text per chat; `undefined` stands for the chat that does not exist yet. */
export class Drafts {
  readonly #area: StorageArea;
  readonly #newKey: () => string;
  readonly #fields = new Set<DraftField>();

  constructor(deps: { area: StorageArea; newKey: () => string }) {
    this.#area = deps.area;
    this.#newKey = deps.newKey;
  }

  text(chatId: string | undefined): string {
    return this.#read(chatId).text;
  }

  /** False when the browser would not take it: its storage is full, or closed to this page. */
  saveText(chatId: string | undefined, text: string): boolean {
    const draft = this.#read(chatId);
    if (text !== '' || draft.attempt) return this.#area.write(draftKey(chatId), { ...draft, text });
    this.#area.remove(draftKey(chatId));
    return true;
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
    const { text } = this.#read(chatId);
    if (text === attempt.body.text) this.#area.remove(draftKey(chatId));
    else this.#area.write(draftKey(chatId), { text });
  }

  /** The chat got another name. */
  move(from: string | undefined, to: string): void {
    const draft = this.#read(from);
    if (from === to || draft.text === '') return;
    this.#area.write(draftKey(to), draft);
    this.#area.remove(draftKey(from));
  }

  #read(chatId: string | undefined): Draft {
    const value = this.#area.read(draftKey(chatId));
    return isDraft(value) ? value : { text: '' };
  }
}

const draftKey = (chatId: string | undefined) => `mmc.draft.${chatId ?? 'new'}`;

function isDraft(value: unknown): value is Draft {
  return typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string';
}
