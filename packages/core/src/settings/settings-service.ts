import type { Actor } from '../account/actor.ts';
import type { ModelCatalog } from '../provider/model-catalog.ts';
import type { Clock } from '../shared/clock.ts';
import type { Storage } from '../shared/storage.ts';
import { defaultUserSettings, type UserSettings } from './user-settings.ts';

/** `null` clears; an absent member stays. */
export interface UserSettingsPatch {
  readonly theme?: UserSettings['theme'] | undefined;
  readonly language?: 'ru' | 'en' | null | undefined;
  readonly defaultModel?: string | null | undefined;
  readonly generation?: UserSettings['generation'] | undefined;
  readonly sendOnEnter?: boolean | undefined;
}

/** A person's own preferences. */
export class SettingsService {
  readonly #deps: { readonly storage: Storage; readonly clock: Clock; readonly models: ModelCatalog };

  constructor(deps: { readonly storage: Storage; readonly clock: Clock; readonly models: ModelCatalog }) {
    this.#deps = deps;
  }

  async get(actor: Actor): Promise<UserSettings> {
    return (await this.#deps.storage.read.settings.findByUser(actor.userId)) ?? defaultUserSettings;
  }

  async update(actor: Actor, patch: UserSettingsPatch): Promise<UserSettings> {
    if (typeof patch.defaultModel === 'string') this.#deps.models.resolve(patch.defaultModel);
    return this.#deps.storage.transact(async (tx) => {
      const before = (await tx.settings.findByUser(actor.userId)) ?? defaultUserSettings;
      const after: UserSettings = {
        theme: patch.theme ?? before.theme,
        language: patch.language === null ? undefined : (patch.language ?? before.language),
        defaultModel: patch.defaultModel === null ? undefined : (patch.defaultModel ?? before.defaultModel),
        generation: patch.generation ?? before.generation,
        sendOnEnter: patch.sendOnEnter ?? before.sendOnEnter,
      };
      await tx.settings.save(actor.userId, after, this.#deps.clock.now());
      return after;
    });
  }
}
