import { type Client, newIdempotencyKey } from '@multimodel/client';
import type { Answering, ChatDto, MessageDto } from '@multimodel/contract';
import type { StoreApi } from 'zustand/vanilla';
import { type ConversationState, type Editing, isAnswering, messagePageSize } from './conversation-state.ts';
import { branchOff, mergeNewest, upsertMessages } from './message-list.ts';

export interface BranchActionsDeps {
  readonly client: Pick<Client, 'chats' | 'messages'>;
  readonly store: StoreApi<ConversationState>;
  failed(action: 'save' | 'answer', error: unknown): void;
  adopted(chat: ChatDto): void;
  /** The messages on the screen are others now. */
  changed(): void;
}

const mostPages = 100;

/** What grows and shows branches: other answers, more of an answer, other versions of a question. */
export class BranchActions {
  readonly #deps: BranchActionsDeps;
  /** Of acts that may have reached the server although no answer came: repeated with the same key they are done once. */
  readonly #keys = new Map<string, string>();

  constructor(deps: BranchActionsDeps) {
    this.#deps = deps;
  }

  /** Another answer to the same question; the one that was there stays as a branch. */
  regenerate(messageId: string, model?: string): Promise<boolean> {
    return this.#answer('regenerate', messageId, model, ({ assistantMessage }, messages) =>
      branchOff(messages, assistantMessage.parentId, [assistantMessage]),
    );
  }

  /** The answer goes on where it stopped. */
  continue(messageId: string, model?: string): Promise<boolean> {
    return this.#answer('continue', messageId, model, ({ assistantMessage }, messages) => upsertMessages(messages, [assistantMessage]));
  }

  /** Shows the branch of this message, down to the newest one below it. */
  async switchTo(messageId: string): Promise<void> {
    const { store, client } = this.#deps;
    const { chatId, actingOn } = store.getState();
    if (!chatId || actingOn) return;
    store.setState({ actingOn: messageId, editing: undefined });
    try {
      const chat = await client.chats.update(chatId, { leafId: messageId });
      const page = await this.#pagesDownTo(chatId, messageId);
      this.#deps.adopted(chat);
      store.setState((state) => mergeNewest(state, page));
      this.#deps.changed();
    } catch (error) {
      this.#deps.failed('save', error);
    } finally {
      store.setState({ actingOn: undefined });
    }
  }

  edit(messageId: string, from: Editing['from'], begin: Pick<Editing, 'text' | 'files'> = {}): void {
    if (!isAnswering(this.#deps.store.getState())) this.#deps.store.setState({ editing: { messageId, from, ...begin } });
  }

  /** The newest question of the branch. */
  editLast(): boolean {
    const last = this.#deps.store.getState().messages.findLast(({ role }) => role === 'user');
    if (last) this.edit(last.id, 'composer');
    return last !== undefined;
  }

  endEdit(): void {
    const { sending } = this.#deps.store.getState();
    const isFailedEdit = sending?.editedId !== undefined && sending.error !== undefined;
    this.#deps.store.setState({ editing: undefined, ...(isFailedEdit && { sending: undefined }) });
  }

  async #answer(
    act: 'regenerate' | 'continue',
    messageId: string,
    model: string | undefined,
    place: (made: Answering, messages: readonly MessageDto[]) => readonly MessageDto[],
  ): Promise<boolean> {
    const { store, client } = this.#deps;
    const state = store.getState();
    if (!state.chatId || state.actingOn || isAnswering(state)) return false;
    const name = `${act} ${messageId} ${model ?? ''}`;
    const idempotencyKey = this.#keys.get(name) ?? newIdempotencyKey();
    this.#keys.set(name, idempotencyKey);
    store.setState({ actingOn: messageId });
    try {
      const made = await client.messages[act](state.chatId, messageId, model === undefined ? {} : { model }, { idempotencyKey });
      this.#keys.delete(name);
      store.setState(({ messages }) => ({ messages: place(made, messages) }));
      this.#deps.changed();
      return true;
    } catch (error) {
      this.#deps.failed('answer', error);
      return false;
    } finally {
      store.setState({ actingOn: undefined });
    }
  }

  /** The end of a branch may be far below the message that stays in view. */
  async #pagesDownTo(chatId: string, messageId: string) {
    const { messages } = this.#deps.client;
    const ask = (cursor?: string) => messages.list(chatId, { order: 'desc', branch: 'current', limit: messagePageSize, cursor });
    let page = await ask();
    for (let pages = 1; pages < mostPages && page.nextCursor && !page.items.some(({ id }) => id === messageId); pages += 1) {
      const older = await ask(page.nextCursor);
      page = { ...older, items: [...page.items, ...older.items] };
    }
    return page;
  }
}
