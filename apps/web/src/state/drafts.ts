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

/** Unsent text per chat; `undefined` stands for the chat that does not exist yet. */
export class Drafts {
  readonly #area: StorageArea;
  readonly #newKey: () => string;

  constructor(deps: { area: StorageArea; newKey: () => string }) {
    this.#area = deps.area;
    this.#newKey = deps.newKey;
  }

  text(chatId: string | undefined): string {
    return this.#read(chatId).text;
  }

  saveText(chatId: string | undefined, text: string): void {
    const draft = this.#read(chatId);
    if (text === '' && !draft.attempt) this.#area.remove(keyOf(chatId));
    else this.#area.write(keyOf(chatId), { ...draft, text });
  }

  /** `leafId`: the end of the branch on the screen, below which the message goes if it names no place of its own. */
  attemptFor(chatId: string | undefined, asked: SendMessage, leafId?: string): SendAttempt {
    const draft = this.#read(chatId);
    const isSame = JSON.stringify(draft.attempt?.asked) === JSON.stringify(asked);
    const body = asked.parentId === undefined && leafId !== undefined ? { ...asked, parentId: leafId } : asked;
    const attempt = isSame && draft.attempt ? draft.attempt : { key: this.#newKey(), asked, body };
    this.#area.write(keyOf(chatId), { ...draft, attempt });
    return attempt;
  }

  /** The message arrived. What was typed meanwhile stays. */
  accepted(chatId: string | undefined, attempt: SendAttempt): void {
    const { text } = this.#read(chatId);
    if (text === attempt.body.text) this.#area.remove(keyOf(chatId));
    else this.#area.write(keyOf(chatId), { text });
  }

  #read(chatId: string | undefined): Draft {
    const value = this.#area.read(keyOf(chatId));
    return isDraft(value) ? value : { text: '' };
  }
}

const keyOf = (chatId: string | undefined) => `mmc.draft.${chatId ?? 'new'}`;

function isDraft(value: unknown): value is Draft {
  return typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string';
}
