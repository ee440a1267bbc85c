import { emptyRunView, type RunView } from '@multimodel/client';
import type { AttachmentDto, MessageDto } from '@multimodel/contract';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { LiveAnswer, LiveAnswerState } from '../../state/live-answer.ts';
import { settleMessage } from '../../state/message-list.ts';
import { filesOfMessage, LateMessageFiles } from '../files/late-message-files.tsx';
import { modelName } from '../models/choose-model.ts';
import { useTexts } from '../preferences/use-texts.ts';
import { AnswerActions } from './answer-actions.tsx';
import { AnswerBody } from './answer-body.tsx';
import { ErrorCard } from './answer-error.tsx';
import { AnswerNotes } from './answer-notes.tsx';
import { canContinue } from './can-continue.ts';
import { describeRunError } from './error-text.ts';
import { FactsLine } from './facts-line.tsx';
import { Reasoning } from './reasoning.tsx';
import { useAnswerActs, useThreadActs } from './thread-acts.ts';
import { WaitingLine } from './waiting-line.tsx';

interface AssistantMessageProps {
  readonly message: MessageDto;
  readonly live: LiveAnswer | undefined;
  /** Its actions are always in view; only here it can be asked again at a click. */
  readonly isLast: boolean;
}

export function AssistantMessage({ message, live, isLast }: AssistantMessageProps) {
  const { reasoning, text, attachments, isThinking, isWriting } = useShownAnswer(message, live);
  const files = useMemo(() => filesOfMessage({ attachments }), [attachments]);
  return (
    <>
      {/* One place while it is written and after: the end of an answer must not replace what a reader has selected. */}
      {reasoning && <Reasoning text={reasoning} isLive={isThinking} />}
      {text !== '' && <AnswerBody text={text} isLive={isWriting} />}
      <LateMessageFiles files={files} isAnswer />
      {live ? <LiveFoot message={message} live={live} /> : <SettledFoot message={message} isLast={isLast} />}
    </>
  );
}

/** What a message without a run is "watched" by. */
const atRest = createStore<LiveAnswerState>(() => ({ view: emptyRunView, connection: 'open', isStopping: false }));

interface ShownAnswer {
  readonly reasoning: string | undefined;
  readonly text: string;
  readonly attachments: readonly AttachmentDto[] | undefined;
  /** Reasons and has not begun to answer. */
  readonly isThinking: boolean;
  /** New words are coming. */
  readonly isWriting: boolean;
}

function useShownAnswer(message: MessageDto, live: LiveAnswer | undefined): ShownAnswer {
  const { view, connection } = useStore(live?.store ?? atRest);
  if (!live) {
    const { reasoning, text, attachments } = message;
    return { reasoning, text, attachments, isThinking: false, isWriting: false };
  }
  const text = textSoFar(message, view);
  const isWriting = text !== message.text && connection === 'open';
  const attachments = view.attachments.length > 0 ? view.attachments : message.attachments;
  return { reasoning: settleMessage(message, view).reasoning, text, attachments, isThinking: view.text === '', isWriting };
}

/** A continuation begins with what is there already, before its first event and before its first new word. */
const textSoFar = (message: MessageDto, view: RunView): string => (view.text === '' ? message.text : view.text);

function LiveFoot({ message, live }: { readonly message: MessageDto; readonly live: LiveAnswer }) {
  const t = useTexts();
  const { models } = useThreadActs();
  const { view, connection } = useStore(live.store);
  const name = modelName(models, view.model ?? message.model, view.provider ?? message.provider);
  const text = textSoFar(message, view);
  const isWaiting = text === message.text;
  return (
    <>
      {isWaiting && <WaitingLine view={view} modelName={name} startedAt={text === '' ? live.startedAt : undefined} />}
      {connection === 'waiting' && <p className="note">{t.waiting_reconnecting()}</p>}
    </>
  );
}

function SettledFoot({ message, isLast }: Omit<AssistantMessageProps, 'live'>) {
  const { models } = useThreadActs();
  const acts = useAnswerActs(message.id);
  const isOpen = isLast && !acts.isBusy;
  const onAskAgain = isOpen ? () => acts.regenerate() : undefined;
  const onContinue = isOpen && canContinue(message) ? acts.goOn : undefined;
  const isFailed = message.state === 'failed';
  return (
    <>
      {isFailed && (
        <ErrorCard
          error={describeRunError(message.error, message.runId)}
          onRetry={onAskAgain}
          onContinue={onContinue}
          onOtherModel={isOpen ? acts.regenerate : undefined}
          since={message.createdAt + (message.timings?.totalMs ?? 0)}
        />
      )}
      <AnswerNotes message={message} onAskAgain={onAskAgain} onContinue={onContinue} />
      <div className="answer-foot">
        <FactsLine message={message} modelName={modelName(models, message.model, message.provider)} />
        <AnswerActions message={message} acts={acts} />
      </div>
    </>
  );
}
