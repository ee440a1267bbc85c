import type { GenerationSettings } from '../chat/chat.ts';
import type { UserId } from '../shared/ids.ts';

export interface UserSettings {
  readonly theme: 'light' | 'dark' | 'system';
  /** Absent = the browser's language. */
  readonly language?: 'ru' | 'en' | undefined;
  /** Public model name for new chats; absent = the first that is configured. */
  readonly defaultModel?: string | undefined;
  /** Own defaults for new chats. */
  readonly generation: GenerationSettings;
  /** False: Ctrl+Enter sends and Enter breaks the line. */
  readonly sendOnEnter: boolean;
}

export const defaultUserSettings: UserSettings = { theme: 'system', generation: {}, sendOnEnter: true };

export interface SettingsReader {
  findByUser(userId: UserId): Promise<UserSettings | undefined>;
}
export interface SettingsWriter extends SettingsReader {
  save(userId: UserId, settings: UserSettings, updatedAt: number): Promise<void>;
}
