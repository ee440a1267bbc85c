import { ApiError, type Client } from '@multimodel/client';
import type { ChatDto } from '@multimodel/contract';
import type { QueryClient } from '@tanstack/react-query';
import { createStore } from 'zustand/vanilla';
import { m } from '../../paraglide/messages.js';
import type { Conversations } from '../../state/conversations.ts';
import type { Notices } from '../../state/notices.ts';
import type { PendingClear, PendingClears } from '../../state/pending-clears.ts';
import { chatsKey, patchChat } from './chats-query.ts';

export interface ChatActionsDeps {
  readonly client: Client;
  readonly queries: QueryClient;
  readonly conversations: Conversations;
  readonly notices: Notices;
  readonly clears: PendingClears;
}

/** What a person does to whole chats, from the list and from the header alike. */
export class ChatActions {
  /** Deleted on the screen, not yet at the server. */
  readonly hidden = createStore<{ readonly ids: ReadonlySet<string> }>(() => ({ ids: new Set() }));
  readonly #deps: ChatActionsDeps;
  #hasResumed = false;

  constructor(deps: ChatActionsDeps) {
    this.#deps = deps;
  }

  async rename(chat: ChatDto, title: string): Promise<void> {
    const { client, queries, conversations, notices } = this.#deps;
    const conversation = conversations.find(chat.id);
    patchChat(queries, { ...chat, title });
    conversation?.adoptChat({ ...chat, title });
    try {
      patchChat(queries, await client.chats.update(chat.id, { title }));
    } catch {
      patchChat(queries, chat);
      conversation?.adoptChat(chat);
      notices.failure(m.chat_save_failed());
    }
  }

  /** `onUndo` brings the reader back to where the chat was open. */
  delete(chat: Pick<ChatDto, 'id' | 'title'>, onUndo: () => void = () => undefined): void {
    this.#setHidden(chat.id, true);
    this.#deps.notices.undoable(chat.title ? m.chat_deleted_named({ title: chat.title }) : m.chat_deleted(), {
      undo: () => {
        this.#setHidden(chat.id, false);
        onUndo();
      },
      commit: () => void this.#commitDelete(chat.id),
    });
  }

  /** The chat is empty at once, everywhere; its messages are removed when nobody wants them back. */
  async clear(chatId: string): Promise<void> {
    const leafId = await this.#deps.conversations.open(chatId).clear();
    if (leafId !== undefined) this.#offerBack({ chatId, leafId });
  }

  /** What a page before this one had cleared: offered back for a while, then finished. Once, when notices can be seen. */
  resumeClears(): void {
    if (this.#hasResumed) return;
    this.#hasResumed = true;
    for (const { isLate, ...clear } of this.#deps.clears.list()) {
      if (isLate) void this.#removeMessages(clear);
      else this.#offerBack(clear);
    }
  }

  #offerBack(clear: PendingClear): void {
    this.#deps.clears.add(clear);
    this.#deps.notices.undoable(m.chat_cleared(), {
      undo: () => void this.#showAgain(clear),
      commit: () => void this.#removeMessages(clear),
      outlivesPage: true,
    });
  }

  async #showAgain(clear: PendingClear): Promise<void> {
    const { client, conversations, clears, notices } = this.#deps;
    try {
      await client.chats.update(clear.chatId, { leafId: clear.leafId });
      clears.remove(clear);
      await conversations.find(clear.chatId)?.refresh();
    } catch (error) {
      notices.failure(m.chat_restore_failed());
      if (isGone(error)) clears.remove(clear);
      else this.#offerBack(clear);
    }
  }

  /** Not if the chat shows messages again, whoever brought them back. */
  async #removeMessages(clear: PendingClear): Promise<void> {
    const { client, clears } = this.#deps;
    try {
      await client.chats.clear(clear.chatId, { onlyHidden: true });
      clears.remove(clear);
    } catch (error) {
      // Anything else is tried again by the next page; nobody sees the messages meanwhile.
      if (isGone(error)) clears.remove(clear);
    }
  }

  async #commitDelete(id: string): Promise<void> {
    const { client, queries, conversations, notices } = this.#deps;
    try {
      await client.chats.delete(id);
      conversations.forget(id);
    } catch (error) {
      if (!isGone(error)) notices.failure(m.chat_delete_failed());
    }
    await queries.invalidateQueries({ queryKey: chatsKey });
    this.#setHidden(id, false);
  }

  #setHidden(id: string, isHidden: boolean): void {
    this.hidden.setState(({ ids }) => {
      const next = new Set(ids);
      if (isHidden) next.add(id);
      else next.delete(id);
      return { ids: next };
    });
  }
}

function isGone(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}
