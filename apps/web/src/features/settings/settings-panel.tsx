import { Popover } from '@base-ui/react/popover';
import type { GenerationSettingsDto, ModelDto } from '@multimodel/contract';
import { X } from 'lucide-react';
import type { RefObject } from 'react';
import type { Conversation } from '../../state/conversation.ts';
import { useModelChoice } from '../models/use-models.ts';
import { useTexts } from '../preferences/use-texts.ts';
import { changedSettings, withSetting } from './changed-settings.ts';
import { EffortField } from './effort-field.tsx';
import { NumberField } from './number-field.tsx';
import { SystemPromptField } from './system-prompt-field.tsx';
import { useChatSettings } from './use-chat-settings.ts';

interface SettingsPanelProps {
  readonly conversation: Conversation;
  readonly anchor: RefObject<HTMLButtonElement | null>;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
}

export function SettingsPanel({ conversation, anchor, isOpen, onOpenChange }: SettingsPanelProps) {
  const t = useTexts();
  return (
    <Popover.Root open={isOpen} onOpenChange={onOpenChange}>
      <Popover.Portal>
        <Popover.Positioner anchor={anchor} align="end" sideOffset={6} collisionPadding={8} className="z-40">
          <Popover.Popup className="settings" finalFocus={anchor}>
            <div className="settings-head">
              <div>
                <Popover.Title className="font-semibold">{t.settings_title()}</Popover.Title>
                <Popover.Description className="text-xs text-muted">{t.settings_scope()}</Popover.Description>
              </div>
              <Popover.Close className="icon-button" data-size="small" aria-label={t.close()}>
                <X size={16} aria-hidden />
              </Popover.Close>
            </div>
            <SettingsForm conversation={conversation} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function SettingsForm({ conversation }: { readonly conversation: Conversation }) {
  const t = useTexts();
  const settings = useChatSettings(conversation);
  const { model } = useModelChoice(conversation);
  const change = (next: GenerationSettingsDto) => void conversation.setSettings(next);
  const isChanged = changedSettings(settings, model?.parameters).length > 0;
  return (
    <>
      <div className="settings-body">
        <ModelFields settings={settings} parameters={model?.parameters ?? {}} change={change} />
        <SystemPromptField value={settings.systemPrompt} onChange={(value) => change(withSetting(settings, 'systemPrompt', value))} />
      </div>
      <div className="settings-foot">
        <button type="button" className="button button-quiet" disabled={!isChanged} onClick={() => change({})}>
          {t.settings_reset()}
        </button>
      </div>
    </>
  );
}

interface ModelFieldsProps {
  readonly settings: GenerationSettingsDto;
  readonly parameters: ModelDto['parameters'];
  readonly change: (settings: GenerationSettingsDto) => void;
}

/** Only what this model understands. */
function ModelFields({ settings, parameters, change }: ModelFieldsProps) {
  const t = useTexts();
  const numbers = [
    { name: 'temperature', label: t.settings_temperature(), help: t.settings_temperature_help() },
    { name: 'maxOutputTokens', label: t.settings_length(), help: t.settings_length_help() },
    { name: 'topP', label: t.settings_top_p(), help: t.settings_top_p_help() },
  ] as const;
  const { reasoningEffort } = parameters;
  const hasNone = !reasoningEffort && numbers.every(({ name }) => !parameters[name]);
  return (
    <>
      {numbers.map(({ name, label, help }) => {
        const range = parameters[name];
        if (!range) return null;
        const set = (value: number | undefined) => change(withSetting(settings, name, value));
        return <NumberField key={name} label={label} help={help} range={range} value={settings[name]} onChange={set} />;
      })}
      {reasoningEffort && (
        <EffortField
          efforts={reasoningEffort}
          value={settings.reasoningEffort}
          onChange={(value) => change(withSetting(settings, 'reasoningEffort', value))}
        />
      )}
      {hasNone && <p className="text-sm text-muted">{t.settings_unsupported()}</p>}
    </>
  );
}
