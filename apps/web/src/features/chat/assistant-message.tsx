import type { MessageDto } from '@multimodel/contract';
import { useStore } from 'zustand';
import type { LiveAnswer } from '../../state/live-answer.ts';
import { settleMessage } from '../../state/message-list.ts';
import { modelName } from '../models/choose-model.ts';
import { useModels } from '../models/use-models.ts';
import { useTexts } from '../preferences/use-texts.ts';
import { AnswerBody } from './answer-body.tsx';
import { ErrorCard } from './answer-error.tsx';
import { AnswerNotes } from './answer-notes.tsx';
import { describeRunError } from './error-text.ts';
import { FactsLine } from './facts-line.tsx';
import { Reasoning } from './reasoning.tsx';
import { WaitingLine } from './waiting-line.tsx';

interface AssistantMessageProps {
  readonly message: MessageDto;
  readonly live: LiveAnswer | undefined;
  readonly onAskAgain?: (() => void) | undefined;
}

export function AssistantMessage({ message, live, onAskAgain }: AssistantMessageProps) {
  const t = useTexts();
  return (
    <article className="answer">
      <h2 className="sr-only">{t.author_answer()}</h2>
      {live ? <LiveBody message={message} live={live} /> : <SettledBody message={message} onAskAgain={onAskAgain} />}
    </article>
  );
}

function LiveBody({ message, live }: { readonly message: MessageDto; readonly live: LiveAnswer }) {
  const t = useTexts();
  const { models } = useModels();
  const { view, connection } = useStore(live.store);
  const name = modelName(models, view.model ?? message.model, view.provider ?? message.provider);
  const shown = settleMessage(message, view);
  return (
    <>
      {shown.reasoning && <Reasoning text={shown.reasoning} isLive={view.text === ''} />}
      {view.text === '' ? (
        <WaitingLine view={view} modelName={name} startedAt={live.startedAt} />
      ) : (
        <AnswerBody text={view.text} isLive={connection === 'open'} />
      )}
      {connection === 'waiting' && <p className="note">{t.waiting_reconnecting()}</p>}
    </>
  );
}

function SettledBody({ message, onAskAgain }: Omit<AssistantMessageProps, 'live'>) {
  const { models } = useModels();
  return (
    <>
      {message.reasoning && <Reasoning text={message.reasoning} isLive={false} />}
      {message.text !== '' && <AnswerBody text={message.text} isLive={false} />}
      {message.state === 'failed' && <ErrorCard error={describeRunError(message.error, message.runId)} onRetry={onAskAgain} />}
      <AnswerNotes message={message} onAskAgain={onAskAgain} />
      <FactsLine message={message} modelName={modelName(models, message.model, message.provider)} />
    </>
  );
}
