import { ApiError, type Client } from '@multimodel/client';
import type { ChatDto } from '@multimodel/contract';
import type { QueryClient } from '@tanstack/react-query';
import { createStore } from 'zustand/vanilla';
import { m } from '../../paraglide/messages.js';
import type { Conversations } from '../../state/conversations.ts';
import type { Notices } from '../../state/notices.ts';
import { chatsKey, patchChat } from './chats-query.ts';

export interface ChatActionsDeps {
  readonly client: Client;
  readonly queries: QueryClient;
  readonly conversations: Conversations;
  readonly notices: Notices;
}

/** What a person does to whole chats, from the list and from the header alike. */
export class ChatActions {
  /** Deleted on the screen, not yet at the server. */
  readonly hidden = createStore<{ readonly ids: ReadonlySet<string> }>(() => ({ ids: new Set() }));
  readonly #deps: ChatActionsDeps;

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

  clear(chatId: string): void {
    const conversation = this.#deps.conversations.open(chatId);
    conversation.beginClear();
    this.#deps.notices.undoable(m.chat_cleared(), {
      undo: () => conversation.undoClear(),
      commit: () => void conversation.commitClear(),
    });
  }

  async #commitDelete(id: string): Promise<void> {
    const { client, queries, conversations, notices } = this.#deps;
    try {
      await client.chats.delete(id);
      conversations.forget(id);
    } catch (error) {
      const isGone = error instanceof ApiError && error.status === 404;
      if (!isGone) notices.failure(m.chat_delete_failed());
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
