import { SlidersHorizontal } from 'lucide-react';
import { lazy, Suspense, useRef, useState } from 'react';
import type { Conversation } from '../../state/conversation.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { loadPart } from '../../ui/load-part.ts';
import { formatNumber } from '../chat/facts.ts';
import { useMenuCommands } from '../commands/use-menu-commands.ts';
import { useModelChoice } from '../models/use-models.ts';
import { useLanguage, useTexts } from '../preferences/use-texts.ts';
import { changedSettings } from './changed-settings.ts';
import { useChatSettings } from './use-chat-settings.ts';

const SettingsPanel = lazy(() => loadPart(async () => ({ default: (await import('./settings-panel.tsx')).SettingsPanel })));

/** Opens the settings of this chat; a dot says that they are not the model's own. */
export function SettingsButton({ conversation }: { readonly conversation: Conversation }) {
  const t = useTexts();
  const language = useLanguage();
  const anchor = useRef<HTMLButtonElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  const settings = useChatSettings(conversation);
  const { model } = useModelChoice(conversation);
  const count = changedSettings(settings, model?.parameters).length;
  const open = () => {
    setWasOpened(true);
    setIsOpen(!isOpen);
  };
  useMenuCommands([{ label: t.settings_title(), icon: SlidersHorizontal, run: open }]);
  return (
    <>
      <IconButton
        ref={anchor}
        label={count > 0 ? t.settings_button({ count, shown: formatNumber(count, language) }) : t.settings_title()}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={open}
      >
        <SlidersHorizontal size={18} aria-hidden />
        {count > 0 && <span className="changed-dot" />}
      </IconButton>
      {wasOpened && (
        <Suspense>
          <SettingsPanel conversation={conversation} anchor={anchor} isOpen={isOpen} onOpenChange={setIsOpen} />
        </Suspense>
      )}
    </>
  );
}
