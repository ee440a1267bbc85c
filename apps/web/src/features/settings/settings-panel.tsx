import { Drawer } from '@base-ui/react/drawer';
import { Popover } from '@base-ui/react/popover';
import { Maximize2, Minimize2, X } from 'lucide-react';
import { type RefObject, useState } from 'react';
import type { Conversation } from '../../state/conversation.ts';
import { narrowQuery, useMediaQuery } from '../../ui/use-media-query.ts';
import { isLayerOpen } from '../commands/open-layers.ts';
import { useTokenRule } from '../context/use-context-forecast.ts';
import { useTexts } from '../preferences/use-texts.ts';
import { useSettingsTexts } from '../settings-pages/use-settings-texts.ts';
import { differingSettings } from './changed-settings.ts';
import { OwnDefaults } from './own-defaults.tsx';
import { SettingsFields } from './settings-fields.tsx';
import { SystemPromptField } from './system-prompt-field.tsx';
import { useSettingsForm } from './use-settings-form.ts';

interface SettingsPanelProps {
  readonly conversation: Conversation;
  readonly anchor: RefObject<HTMLButtonElement | null>;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
}

/** Beside its button, or a sheet from below on phones. */
export function SettingsPanel(props: SettingsPanelProps) {
  return useMediaQuery(narrowQuery) ? <SettingsSheet {...props} /> : <SettingsPopover {...props} />;
}

/** Unless something else was opened while it was closing: that has the focus now. */
const backTo = ({ current }: RefObject<HTMLButtonElement | null>) => (isLayerOpen() ? false : (current ?? true));

function SettingsPopover({ conversation, anchor, isOpen, onOpenChange }: SettingsPanelProps) {
  const t = useTexts();
  const s = useSettingsTexts();
  const [isWide, setIsWide] = useState(false);
  return (
    <Popover.Root open={isOpen} onOpenChange={onOpenChange}>
      <Popover.Portal>
        <Popover.Positioner anchor={anchor} align="end" sideOffset={6} collisionPadding={8} className="z-40">
          <Popover.Popup className="settings" data-wide={isWide || undefined} finalFocus={() => backTo(anchor)}>
            <div className="settings-head">
              <div className="min-w-0 flex-1">
                <Popover.Title className="font-semibold">{t.settings_title()}</Popover.Title>
                <Popover.Description className="text-xs text-muted">{s.settings_scope()}</Popover.Description>
              </div>
              <button
                type="button"
                className="icon-button"
                data-size="small"
                aria-pressed={isWide}
                aria-label={s.settings_wide()}
                title={s.settings_wide()}
                onClick={() => setIsWide(!isWide)}
              >
                {isWide ? <Minimize2 size={15} aria-hidden /> : <Maximize2 size={15} aria-hidden />}
              </button>
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

function SettingsSheet({ conversation, anchor, isOpen, onOpenChange }: SettingsPanelProps) {
  const t = useTexts();
  const s = useSettingsTexts();
  return (
    <Drawer.Root open={isOpen} onOpenChange={onOpenChange} swipeDirection="down">
      <Drawer.Portal>
        <Drawer.Backdrop className="drawer-backdrop" />
        <Drawer.Viewport className="settings-sheet-viewport">
          <Drawer.Popup className="settings-sheet" finalFocus={() => backTo(anchor)}>
            <span aria-hidden className="settings-sheet-handle" />
            <div className="settings-head">
              <div className="min-w-0 flex-1">
                <Drawer.Title className="font-semibold">{t.settings_title()}</Drawer.Title>
                <Drawer.Description className="text-xs text-muted">{s.settings_scope()}</Drawer.Description>
              </div>
              <Drawer.Close className="icon-button" aria-label={t.close()}>
                <X size={18} aria-hidden />
              </Drawer.Close>
            </div>
            <Drawer.Content className="flex min-h-0 flex-1 flex-col">
              <SettingsForm conversation={conversation} />
            </Drawer.Content>
          </Drawer.Popup>
        </Drawer.Viewport>
      </Drawer.Portal>
    </Drawer.Root>
  );
}

function SettingsForm({ conversation }: { readonly conversation: Conversation }) {
  const s = useSettingsTexts();
  const form = useSettingsForm(conversation);
  const countTokens = useTokenRule(conversation);
  const isEmpty = differingSettings(form.settings, {}).length === 0;
  return (
    <>
      <div className="settings-body">
        <SettingsFields form={form} />
        <SystemPromptField
          value={form.settings.systemPrompt}
          onChange={(value) => form.set('systemPrompt', value)}
          countTokens={countTokens}
          saveFault={form.saveFault('systemPrompt')}
        />
      </div>
      <div className="settings-foot">
        <OwnDefaults settings={form.settings} change={form.change} />
        <button type="button" className="button button-quiet" disabled={isEmpty} onClick={() => form.change({})}>
          {s.settings_reset()}
        </button>
      </div>
    </>
  );
}
