import { RotateCcw } from 'lucide-react';
import { useTexts } from '../preferences/use-texts.ts';
import { useRetryWait } from './use-retry-wait.ts';

interface RetryButtonProps {
  readonly onRetry: () => void;
  /** The server asked to wait so long. */
  readonly retryAfterMs?: number | undefined;
  readonly since?: number | undefined;
}

/** Waits as long as was asked for, and shows it. */
export function RetryButton({ onRetry, retryAfterMs, since }: RetryButtonProps) {
  const t = useTexts();
  const seconds = useRetryWait(retryAfterMs, since);
  return (
    <button type="button" className="button button-quiet tabular-nums" disabled={seconds > 0} onClick={onRetry}>
      <RotateCcw size={16} aria-hidden />
      {seconds > 0 ? t.retry_in({ seconds }) : t.retry()}
    </button>
  );
}
