import { ChevronRight, Copy, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useLanguage, useTexts } from '../preferences/use-texts.ts';
import { type ErrorActs, ErrorButtons } from './error-buttons.tsx';
import type { ShownError } from './error-text.ts';
import { formatDuration } from './facts.ts';

interface ErrorCardProps extends ErrorActs {
  readonly error: ShownError;
}

/** What happened, what to do, and the details for whoever has to find out why. */
export function ErrorCard({ error, ...acts }: ErrorCardProps) {
  return (
    <div className="error-card">
      {/* The buttons are not a part of it: one that counts down would be read out every second. */}
      <div role="alert" className="flex gap-3">
        <TriangleAlert size={18} className="mt-0.5 shrink-0 text-danger" aria-hidden />
        <div className="min-w-0 flex-1">
          <p className="font-medium">{error.title}</p>
          <p className="text-muted">{error.action}</p>
        </div>
      </div>
      <ErrorButtons facts={error.facts} acts={acts} />
      <ErrorDetails error={error} />
    </div>
  );
}

function ErrorDetails({ error }: { readonly error: ShownError }) {
  const t = useTexts();
  const language = useLanguage();
  const [isCopied, setIsCopied] = useState(false);
  const { code, message, provider, requestId, runId, retryAfterMs } = error.facts;
  const rows = [
    [t.error_code_label(), code],
    [t.error_message_label(), message],
    [t.error_provider_label(), provider],
    [t.error_request_label(), requestId],
    [t.error_run_label(), runId],
    [t.error_retry_label(), retryAfterMs ? formatDuration(retryAfterMs, language) : undefined],
  ].filter((row): row is [string, string] => row[1] !== undefined);
  const copy = async () => {
    await navigator.clipboard?.writeText(rows.map((row) => row.join(': ')).join('\n'));
    setIsCopied(true);
  };
  return (
    <details className="error-details">
      <summary>
        <ChevronRight size={14} aria-hidden className="chevron" />
        {t.error_details()}
      </summary>
      <dl>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd translate="no">{value}</dd>
          </div>
        ))}
      </dl>
      <button type="button" className="button button-quiet mt-2" onClick={() => void copy()}>
        <Copy size={14} aria-hidden />
        {isCopied ? t.copied() : t.error_copy()}
      </button>
    </details>
  );
}
