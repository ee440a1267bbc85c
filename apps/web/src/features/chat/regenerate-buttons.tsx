import { Menu } from '@base-ui/react/menu';
import { ChevronDown, RotateCcw } from 'lucide-react';
import { IconButton } from '../../ui/icon-button.tsx';
import { useModels } from '../models/use-models.ts';
import { useTexts } from '../preferences/use-texts.ts';
import { ModelMenu } from './model-menu.tsx';

interface RegenerateButtonsProps {
  readonly isBusy: boolean;
  /** Without a model: the one of the chat. */
  readonly regenerate: (model?: string) => void;
}

/** The same question again: at once, or to a model of one's choice. */
export function RegenerateButtons({ isBusy, regenerate }: RegenerateButtonsProps) {
  const t = useTexts();
  const { models } = useModels();
  return (
    <>
      <IconButton label={t.answer_regenerate()} size="small" disabled={isBusy} onClick={() => regenerate()}>
        <RotateCcw size={15} aria-hidden />
      </IconButton>
      {models.length > 1 && (
        <Menu.Root>
          <Menu.Trigger
            disabled={isBusy}
            aria-label={t.answer_regenerate_with()}
            title={t.answer_regenerate_with()}
            className="icon-button regenerate-with"
            data-size="small"
          >
            <ChevronDown size={13} aria-hidden />
          </Menu.Trigger>
          <ModelMenu models={models} choose={regenerate} />
        </Menu.Root>
      )}
    </>
  );
}
