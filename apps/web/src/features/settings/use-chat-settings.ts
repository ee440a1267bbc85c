import type { GenerationSettingsDto } from '@multimodel/contract';
import { useStore } from 'zustand';
import type { Conversation } from '../../state/conversation.ts';
import { useUserSettings } from '../preferences/use-user-settings.ts';

const noSettings: GenerationSettingsDto = {};

/** How answers of this chat are generated; a chat that does not exist yet will begin with the person's own defaults. */
export function useChatSettings(conversation: Conversation): GenerationSettingsDto {
  const chosen = useStore(conversation.store, (state) => state.settings);
  const own = useUserSettings().data?.generation;
  return chosen ?? own ?? noSettings;
}
