import { createStore } from 'zustand/vanilla';
import { Conversation, type ConversationDeps } from './conversation.ts';
import type { NewChatChoices } from './new-chat-choices.ts';
import { isLocalChatId } from './outbox.ts';

export interface ConversationsDeps extends ConversationDeps {
  readonly choices: NewChatChoices;
}

const keptConversations = 20;

/** All chats that this page has opened; going back to one is immediate, and its answer goes on meanwhile. */
export class Conversations {
  readonly #deps: ConversationsDeps;
  readonly #byId = new Map<string, Conversation>();
  /** The chat that has no id yet. */
  readonly draft;

  constructor(deps: ConversationsDeps) {
    const { listener } = deps;
    this.#deps = {
      ...deps,
      listener: {
        ...listener,
        chatCreated: (conversation, chat) => {
          this.#byId.set(chat.id, conversation);
          listener.chatCreated(conversation, chat);
        },
        queued: (conversation, chatId) => {
          this.#byId.set(chatId, conversation);
          listener.queued(conversation, chatId);
        },
      },
    };
    const first = this.#begin();
    this.#deps.choices.restore(first.store);
    this.draft = createStore(() => ({ conversation: first }));
  }

  #begin(): Conversation {
    const conversation = new Conversation(this.#deps);
    this.#deps.choices.keep(conversation.store);
    return conversation;
  }

  /** Also by the name that a chat had before it existed. */
  open(id: string): Conversation {
    const known = this.#byId.get(id);
    if (known) {
      this.#byId.delete(id);
      this.#byId.set(id, known);
      return known;
    }
    const createdId = isLocalChatId(id) ? this.#deps.outbox.createdId(id) : undefined;
    return createdId === undefined ? this.#add(id) : this.open(createdId);
  }

  #add(chatId: string): Conversation {
    const conversation = new Conversation(this.#deps, chatId);
    this.#byId.set(chatId, conversation);
    void conversation.load();
    this.#evict();
    return conversation;
  }

  find(chatId: string): Conversation | undefined {
    return this.#byId.get(chatId);
  }

  /** An empty chat; the one before goes on by itself if it was being sent. */
  startNew(): void {
    const { conversation } = this.draft.getState();
    const { chatId, localId, sending, messages } = conversation.store.getState();
    if (!(chatId || localId || sending || messages.length > 0)) return;
    this.#deps.choices.forget();
    this.draft.setState({ conversation: this.#begin() });
  }

  forget(chatId: string): void {
    this.#byId.get(chatId)?.close();
    this.#byId.delete(chatId);
  }

  refreshAll(): void {
    for (const conversation of this.#byId.values()) void conversation.refresh();
  }

  #evict(): void {
    for (const [id, conversation] of this.#byId) {
      if (this.#byId.size <= keptConversations) return;
      if (!conversation.isBusy) this.forget(id);
    }
  }
}
