import { formatNumber } from '../chat/facts.ts';
import { useLanguage, useTexts } from '../preferences/use-texts.ts';
import type { LengthState } from './composer-rules.ts';

interface ComposerFooterProps {
  readonly length: LengthState;
  readonly sendOnEnter: boolean;
  readonly isTouch: boolean;
}

/** How to send; near the limit, how much is left. */
export function ComposerFooter({ length, sendOnEnter, isTouch }: ComposerFooterProps) {
  const t = useTexts();
  const language = useLanguage();
  if (length.kind === 'over') {
    return (
      <p id="composer-footer" role="alert" className="composer-footer text-danger">
        {t.composer_over({ count: length.over, shown: formatNumber(length.over, language) })}
      </p>
    );
  }
  const hint = sendOnEnter ? t.composer_enter_hint() : t.composer_ctrl_enter_hint();
  const left = length.kind === 'near' ? t.composer_left({ count: length.left, shown: formatNumber(length.left, language) }) : undefined;
  return (
    <p id="composer-footer" className="composer-footer" data-hint={left === undefined || undefined}>
      {left ?? (isTouch ? '' : hint)}
    </p>
  );
}
