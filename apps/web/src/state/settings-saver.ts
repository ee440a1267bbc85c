import type { Client } from '@multimodel/client';
import type { ChatDto, GenerationSettingsDto } from '@multimodel/contract';
import type { StoreApi } from 'zustand/vanilla';
import type { ConversationState } from './conversation-state.ts';

export interface SettingsSaverDeps {
  readonly client: Pick<Client, 'chats'>;
  readonly store: StoreApi<Pick<ConversationState, 'chat' | 'settings' | 'settingsSave'>>;
  saved(chat: ChatDto): void;
}

/** Brings the settings of a chat to the server: one write at a time, the last choice wins, and what failed stays on the screen to be tried again. */
export class SettingsSaver {
  readonly #deps: SettingsSaverDeps;
  #isWanted = false;
  #working: Promise<void> | undefined;

  constructor(deps: SettingsSaverDeps) {
    this.#deps = deps;
  }

  /** At once on the screen. A chat that does not exist yet takes them along when it is made. */
  change(settings: GenerationSettingsDto): Promise<void> {
    this.#deps.store.setState({ settings });
    return this.#save();
  }

  retry(): Promise<void> {
    return this.#deps.store.getState().settingsSave.state === 'failed' ? this.#save() : (this.#working ?? Promise.resolve());
  }

  /** Resolves when the server has what is on the screen; throws when it cannot get it there. */
  async settle(): Promise<void> {
    await this.retry();
    const { settingsSave } = this.#deps.store.getState();
    if (settingsSave.state === 'failed') throw settingsSave.error;
  }

  /** The server was read. What this page has not brought there yet stays. */
  adopt(settings: GenerationSettingsDto): void {
    const { settingsSave } = this.#deps.store.getState();
    if (settingsSave.state === 'saved') this.#deps.store.setState({ settings });
    if (settingsSave.state === 'failed') this.#deps.store.setState({ settingsSave: { ...settingsSave, kept: settings } });
  }

  /** The chat was just made with these: what was changed meanwhile follows. */
  created(taken: GenerationSettingsDto | undefined): void {
    const { settings } = this.#deps.store.getState();
    if (settings !== undefined && JSON.stringify(settings) !== JSON.stringify(taken)) void this.#save();
  }

  #save(): Promise<void> {
    if (!this.#deps.store.getState().chat) return Promise.resolve();
    this.#isWanted = true;
    this.#working ??= this.#work().finally(() => {
      this.#working = undefined;
    });
    return this.#working;
  }

  async #work(): Promise<void> {
    const { client, store, saved } = this.#deps;
    while (this.#isWanted) {
      this.#isWanted = false;
      const { chat, settings = {} } = store.getState();
      if (!chat) return;
      store.setState({ settingsSave: { state: 'saving' } });
      try {
        const written = await client.chats.update(chat.id, { settings });
        if (this.#isWanted) continue;
        store.setState({ settingsSave: { state: 'saved' } });
        saved(written);
      } catch (error) {
        if (!this.#isWanted)
          store.setState({ settingsSave: { state: 'failed', error: error ?? new Error('unknown'), kept: chat.settings } });
      }
    }
  }
}
