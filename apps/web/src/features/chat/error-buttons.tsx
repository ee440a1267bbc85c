import { ChevronDown, RotateCcw, Settings, SquarePen } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useNewChat } from '../chats/use-new-chat.ts';
import { useModels } from '../models/use-models.ts';
import { useTexts } from '../preferences/use-texts.ts';
import { type Remedy, remediesOf } from './error-remedies.ts';
import type { ErrorFacts } from './error-text.ts';
import { ModelMenuButton } from './model-menu.tsx';
import { RetryButton } from './retry-button.tsx';

export interface ErrorActs {
  readonly onRetry?: (() => void) | undefined;
  readonly onContinue?: (() => void) | undefined;
  readonly onOtherModel?: ((model: string) => void) | undefined;
  /** When it happened, for a wait that was asked for. */
  readonly since?: number | undefined;
}

/** What can be done about an error, the most promising first. */
export function ErrorButtons({ facts, acts }: { readonly facts: ErrorFacts; readonly acts: ErrorActs }) {
  const t = useTexts();
  const remedies = remediesOf(facts.code).filter((remedy) => isPossible(remedy, facts, acts));
  if (!acts.onContinue && remedies.length === 0) return null;
  return (
    <div className="mt-3 ms-7.5 flex flex-wrap gap-2">
      {acts.onContinue && (
        <button type="button" className="button button-quiet" onClick={acts.onContinue}>
          {t.answer_continue()}
        </button>
      )}
      {remedies.map((remedy) => (
        <RemedyButton key={remedy} remedy={remedy} facts={facts} acts={acts} />
      ))}
    </div>
  );
}

function isPossible(remedy: Remedy, { runId }: ErrorFacts, { onRetry, onOtherModel }: ErrorActs): boolean {
  if (remedy === 'retry') return onRetry !== undefined;
  if (remedy === 'other_model') return onOtherModel !== undefined;
  // Without a run it is our own server that failed, not a provider.
  return remedy === 'provider' ? runId !== undefined : true;
}

interface RemedyButtonProps {
  readonly remedy: Remedy;
  readonly facts: ErrorFacts;
  readonly acts: ErrorActs;
}

function RemedyButton({ remedy, facts, acts }: RemedyButtonProps): ReactNode {
  const t = useTexts();
  const newChat = useNewChat();
  switch (remedy) {
    case 'retry':
      return acts.onRetry && <RetryButton onRetry={acts.onRetry} retryAfterMs={facts.retryAfterMs} since={acts.since} />;
    case 'other_model':
      return acts.onOtherModel && <OtherModelButton choose={acts.onOtherModel} />;
    case 'provider':
      return (
        <Link to={`/settings/providers${facts.provider ? `/${encodeURIComponent(facts.provider)}` : ''}`} className="button button-quiet">
          <Settings size={16} aria-hidden />
          {t.error_open_provider()}
        </Link>
      );
    case 'new_chat':
      return (
        <button type="button" className="button button-quiet" onClick={newChat}>
          <SquarePen size={16} aria-hidden />
          {t.new_chat()}
        </button>
      );
    case 'reload':
      return (
        <button type="button" className="button button-quiet" onClick={() => window.location.reload()}>
          <RotateCcw size={16} aria-hidden />
          {t.crash_reload()}
        </button>
      );
    default:
      return remedy satisfies never;
  }
}

function OtherModelButton({ choose }: { readonly choose: (model: string) => void }) {
  const t = useTexts();
  const { models } = useModels();
  if (models.length < 2) return null;
  return (
    <ModelMenuButton choose={choose} className="button button-quiet">
      {t.error_other_model()}
      <ChevronDown size={14} aria-hidden />
    </ModelMenuButton>
  );
}
