import type { Client } from '@multimodel/client';
import type { ChatDto, CreateChat, GenerationSettingsDto } from '@multimodel/contract';
import type { StoreApi } from 'zustand/vanilla';
import type { ConversationState } from './conversation-state.ts';
import type { SendAttempt } from './drafts.ts';
import { creationKey, type Outbox } from './outbox.ts';

export interface ChatCreationDeps {
  readonly client: Pick<Client, 'chats'>;
  readonly outbox: Pick<Outbox, 'rename'>;
  readonly store: StoreApi<ConversationState>;
  /** The chat was just made with these settings. */
  created(taken: GenerationSettingsDto | undefined): void;
}

/** Makes a chat with its first message: once, by whatever way that message goes. */
export class ChatCreation {
  readonly #deps: ChatCreationDeps;
  #creation: { key: string; chat: Promise<ChatDto> } | undefined;

  constructor(deps: ChatCreationDeps) {
    this.#deps = deps;
  }

  /** What it is made with. */
  bodyFor({ body }: SendAttempt): CreateChat {
    const { model = body.model, settings } = this.#deps.store.getState();
    return { ...(settings && { settings }), ...(model && { model }) };
  }

  /** `firstKey`: of the message that the chat begins with. */
  async ensure(firstKey: string, body: CreateChat): Promise<ChatDto> {
    const { client, outbox, store, created } = this.#deps;
    const { chat, localId } = store.getState();
    if (chat) return chat;
    const key = creationKey(localId ?? firstKey);
    if (this.#creation?.key !== key) this.#creation = { key, chat: client.chats.create(body, { idempotencyKey: key }) };
    try {
      const made = await this.#creation.chat;
      if (localId !== undefined) outbox.rename(localId, made.id);
      store.setState({ chat: made, chatId: made.id, localId: undefined });
      created(body.settings);
      return made;
    } catch (error) {
      this.#creation = undefined;
      throw error;
    }
  }
}
