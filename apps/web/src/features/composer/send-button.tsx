import { ArrowUp, Square } from 'lucide-react';
import { IconButton } from '../../ui/icon-button.tsx';
import { useTexts } from '../preferences/use-texts.ts';

interface SendButtonProps {
  /** Then it stops the answer. */
  readonly isAnswering: boolean;
  readonly isSending: boolean;
  readonly canSend: boolean;
  readonly onSend: () => void;
  readonly onStop: () => void;
}

export function SendButton({ isAnswering, isSending, canSend, onSend, onStop }: SendButtonProps) {
  const t = useTexts();
  if (isAnswering) {
    return (
      <IconButton label={t.composer_stop_hint()} className="send-button" onClick={onStop}>
        <Square size={14} fill="currentColor" aria-hidden />
      </IconButton>
    );
  }
  return (
    <IconButton label={isSending ? t.composer_sending() : t.composer_send()} className="send-button" disabled={!canSend} onClick={onSend}>
      <ArrowUp size={18} aria-hidden />
    </IconButton>
  );
}
