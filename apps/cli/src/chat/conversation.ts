import type { Client } from '@multimodel/client';
import type { GenerationSettingsDto } from '@multimodel/contract';

export interface ConversationStart {
  readonly client: Client;
  readonly model?: string | undefined;
  readonly settings: GenerationSettingsDto;
  /** An existing chat to go on in. */
  readonly chatId?: string | undefined;
}

/** The chat that messages go to; made on the server with the first of them. */
export class Conversation {
  readonly #client: Client;
  readonly #settings: GenerationSettingsDto;
  #chatId: string | undefined;
  #isPrepared = false;
  model: string | undefined;

  constructor({ client, model, settings, chatId }: ConversationStart) {
    this.#client = client;
    this.#settings = settings;
    this.#chatId = chatId;
    this.model = model;
  }

  /** Its id. An existing chat takes the settings that were given, and keeps its own otherwise. */
  async open(): Promise<string> {
    if (this.#chatId === undefined) {
      this.#chatId = (await this.#client.chats.create({ model: this.model, settings: this.#settings })).id;
    } else if (!this.#isPrepared && Object.keys(this.#settings).length > 0) {
      const { settings } = await this.#client.chats.get(this.#chatId);
      await this.#client.chats.update(this.#chatId, { settings: { ...settings, ...this.#settings } });
    }
    this.#isPrepared = true;
    return this.#chatId;
  }

  /** The next message begins another chat with the same model and settings. */
  startAnew(): void {
    this.#chatId = undefined;
    this.#isPrepared = false;
  }
}
