import { ChevronDown, RotateCcw } from 'lucide-react';
import { IconButton } from '../../ui/icon-button.tsx';
import { useTexts } from '../preferences/use-texts.ts';
import { ModelMenuButton } from './model-menu.tsx';
import { useThreadActs } from './thread-acts.ts';

interface RegenerateButtonsProps {
  readonly isBusy: boolean;
  /** Without a model: the one of the chat. */
  readonly regenerate: (model?: string) => void;
}

/** The same question again: at once, or to a model of one's choice. */
export function RegenerateButtons({ isBusy, regenerate }: RegenerateButtonsProps) {
  const t = useTexts();
  const { models } = useThreadActs();
  return (
    <>
      <IconButton label={t.answer_regenerate()} size="small" disabled={isBusy} onClick={() => regenerate()}>
        <RotateCcw size={15} aria-hidden />
      </IconButton>
      {models.length > 1 && (
        <ModelMenuButton
          choose={regenerate}
          disabled={isBusy}
          aria-label={t.answer_regenerate_with()}
          title={t.answer_regenerate_with()}
          className="icon-button regenerate-with"
          data-size="small"
        >
          <ChevronDown size={13} aria-hidden />
        </ModelMenuButton>
      )}
    </>
  );
}
