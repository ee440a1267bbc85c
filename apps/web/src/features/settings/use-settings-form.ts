import type { GenerationSettingsDto } from '@multimodel/contract';
import { useStore } from 'zustand';
import type { Conversation } from '../../state/conversation.ts';
import { useModelChoice } from '../models/use-models.ts';
import { useUserSettings } from '../preferences/use-user-settings.ts';
import { differingSettings, type ModelParameters, type SettingName, withSetting } from './changed-settings.ts';
import type { SaveFault } from './field.tsx';
import { useChatSettings } from './use-chat-settings.ts';

export interface SettingsForm {
  readonly settings: GenerationSettingsDto;
  /** Absent while nobody knows the model. */
  readonly parameters: ModelParameters | undefined;
  readonly change: (settings: GenerationSettingsDto) => void;
  readonly set: <Name extends SettingName>(name: Name, value: GenerationSettingsDto[Name]) => void;
  /** At the fields whose value the server does not have. */
  readonly saveFault: (name: SettingName) => SaveFault | undefined;
}

export function useSettingsForm(conversation: Conversation): SettingsForm {
  const settings = useChatSettings(conversation);
  const own = useUserSettings().data?.generation;
  const { model } = useModelChoice(conversation);
  const save = useStore(conversation.store, (state) => state.settingsSave);
  const failed = save.state === 'failed' ? differingSettings(settings, save.kept) : [];
  const change = (next: GenerationSettingsDto) => void conversation.settings.change(next);
  return {
    settings,
    parameters: model?.parameters,
    change,
    // By what is there now, not by what was there when the field was drawn.
    set: (name, value) => change(withSetting(conversation.store.getState().settings ?? own ?? {}, name, value)),
    saveFault: (name) =>
      save.state === 'failed' && failed.includes(name) ? { error: save.error, retry: () => void conversation.settings.retry() } : undefined,
  };
}
