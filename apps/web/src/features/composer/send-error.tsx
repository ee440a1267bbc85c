import { X } from 'lucide-react';
import { IconButton } from '../../ui/icon-button.tsx';
import { describeError } from '../chat/error-text.ts';
import { RetryButton } from '../chat/retry-button.tsx';
import { useTexts } from '../preferences/use-texts.ts';

interface SendErrorProps {
  readonly error: unknown;
  readonly onRetry: () => void;
  readonly onClose: () => void;
}

/** The message is still in the field; this says why, and tries again. */
export function SendError({ error, onRetry, onClose }: SendErrorProps) {
  const t = useTexts();
  const { title, action, facts } = describeError(error);
  return (
    <div className="send-error" title={facts.requestId}>
      <p role="alert" className="min-w-0 flex-1">
        {t.send_failed({ reason: `${title}.` })} <span className="text-muted">{action}</span>
      </p>
      <RetryButton key={facts.requestId} onRetry={onRetry} retryAfterMs={facts.retryAfterMs} />
      <IconButton label={t.dismiss()} size="small" onClick={onClose}>
        <X size={16} aria-hidden />
      </IconButton>
    </div>
  );
}
