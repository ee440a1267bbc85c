import type { StoreApi } from 'zustand/vanilla';
import type { ConversationState } from './conversation-state.ts';
import type { StorageArea } from './storage-area.ts';

type Choices = Pick<ConversationState, 'model' | 'settings'>;

const key = 'mmc.draft-settings.new';

/** What was chosen for the chat that is not begun yet survives a reload, like the text that is written for it. */
export class NewChatChoices {
  readonly #area: StorageArea;

  constructor(area: StorageArea) {
    this.#area = area;
  }

  /** Those of the chat that was open when the page went away. */
  restore(store: StoreApi<ConversationState>): void {
    const kept = choicesOf(this.#area.read(key));
    if (kept.model !== undefined || kept.settings !== undefined) store.setState(kept);
  }

  /** Until the chat has begun: from then on it keeps them itself. */
  keep(store: StoreApi<ConversationState>): void {
    const stop = store.subscribe((state, before) => {
      if (state.chatId !== undefined || state.localId !== undefined) {
        stop();
        this.forget();
      } else if (state.model !== before.model || state.settings !== before.settings) {
        this.#area.write(key, { model: state.model, settings: state.settings });
      }
    });
  }

  forget(): void {
    this.#area.remove(key);
  }
}

function choicesOf(value: unknown): Choices {
  const kept: Partial<Record<keyof Choices, unknown>> = isRecord(value) ? value : {};
  return {
    model: typeof kept.model === 'string' ? kept.model : undefined,
    settings: isRecord(kept.settings) ? kept.settings : undefined,
  };
}

function isRecord(value: unknown): value is Record<string, never> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
