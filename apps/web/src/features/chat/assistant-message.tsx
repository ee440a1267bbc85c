import type { MessageDto } from '@multimodel/contract';
import { useStore } from 'zustand';
import type { LiveAnswer } from '../../state/live-answer.ts';
import { settleMessage } from '../../state/message-list.ts';
import { modelName } from '../models/choose-model.ts';
import { useModels } from '../models/use-models.ts';
import { useTexts } from '../preferences/use-texts.ts';
import { AnswerActions } from './answer-actions.tsx';
import { AnswerBody } from './answer-body.tsx';
import { ErrorCard } from './answer-error.tsx';
import { AnswerNotes } from './answer-notes.tsx';
import { canContinue } from './can-continue.ts';
import { describeRunError } from './error-text.ts';
import { FactsLine } from './facts-line.tsx';
import { Reasoning } from './reasoning.tsx';
import { useAnswerActs } from './thread-acts.ts';
import { WaitingLine } from './waiting-line.tsx';

interface AssistantMessageProps {
  readonly message: MessageDto;
  readonly live: LiveAnswer | undefined;
  /** Its actions are always in view; only here it can be asked again at a click. */
  readonly isLast: boolean;
}

export function AssistantMessage({ message, live, isLast }: AssistantMessageProps) {
  const t = useTexts();
  return (
    <article className="answer" data-message={message.id} data-last={isLast || undefined}>
      <h2 className="sr-only">{t.author_answer()}</h2>
      {live ? <LiveBody message={message} live={live} /> : <SettledBody message={message} isLast={isLast} />}
    </article>
  );
}

function LiveBody({ message, live }: { readonly message: MessageDto; readonly live: LiveAnswer }) {
  const t = useTexts();
  const { models } = useModels();
  const { view, connection } = useStore(live.store);
  const name = modelName(models, view.model ?? message.model, view.provider ?? message.provider);
  const shown = settleMessage(message, view);
  // A continuation begins with what is there already, before its first event and before its first new word.
  const text = view.text === '' ? message.text : view.text;
  const isWaiting = text === message.text;
  return (
    <>
      {shown.reasoning && <Reasoning text={shown.reasoning} isLive={view.text === ''} />}
      {text !== '' && <AnswerBody text={text} isLive={!isWaiting && connection === 'open'} />}
      {isWaiting && <WaitingLine view={view} modelName={name} startedAt={text === '' ? live.startedAt : undefined} />}
      {connection === 'waiting' && <p className="note">{t.waiting_reconnecting()}</p>}
    </>
  );
}

function SettledBody({ message, isLast }: Omit<AssistantMessageProps, 'live'>) {
  const { models } = useModels();
  const acts = useAnswerActs(message.id);
  const isOpen = isLast && !acts.isBusy;
  const onAskAgain = isOpen ? () => acts.regenerate() : undefined;
  const onContinue = isOpen && canContinue(message) ? acts.goOn : undefined;
  const isFailed = message.state === 'failed';
  return (
    <>
      {message.reasoning && <Reasoning text={message.reasoning} isLive={false} />}
      {message.text !== '' && <AnswerBody text={message.text} isLive={false} />}
      {isFailed && <ErrorCard error={describeRunError(message.error, message.runId)} onRetry={onAskAgain} onContinue={onContinue} />}
      <AnswerNotes message={message} onAskAgain={onAskAgain} onContinue={onContinue} />
      <div className="answer-foot">
        <FactsLine message={message} modelName={modelName(models, message.model, message.provider)} />
        <AnswerActions message={message} acts={acts} />
      </div>
    </>
  );
}
