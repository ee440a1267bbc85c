import { Clock, Pencil, RotateCcw, Trash2, TriangleAlert } from 'lucide-react';
import { useStore } from 'zustand';
import { useServices } from '../../app/services-context.ts';
import { isAwayState } from '../../state/connection-store.ts';
import type { Conversation } from '../../state/conversation.ts';
import type { OutboxEntry } from '../../state/outbox.ts';
import { textOfCode } from '../chat/error-text.ts';
import { useTexts } from '../preferences/use-texts.ts';
import { useWaiting } from './use-waiting.ts';

/** Messages that wait for the server, below those that it has. */
export function WaitingMessages({ conversation }: { readonly conversation: Conversation }) {
  const waiting = useWaiting(conversation);
  return waiting.map((entry, index) => (
    <WaitingMessage
      key={entry.key}
      conversation={conversation}
      entry={entry}
      isBlocked={waiting.slice(0, index).some(({ refusal }) => refusal)}
    />
  ));
}

interface WaitingMessageProps {
  readonly conversation: Conversation;
  readonly entry: OutboxEntry;
  /** One before it was refused. */
  readonly isBlocked: boolean;
}

function WaitingMessage({ conversation, entry, isBlocked }: WaitingMessageProps) {
  const t = useTexts();
  const { drafts, sender } = useServices();
  const edit = () => {
    const taken = conversation.takeBack(entry.key);
    if (!taken) return;
    drafts.putBack(conversation.draftId, taken.body.text);
    document.getElementById('composer')?.focus();
  };
  const remove = () => {
    conversation.takeBack(entry.key);
    document.getElementById('composer')?.focus();
  };
  return (
    <article className="question" data-waiting={entry.refusal ? 'refused' : 'waiting'}>
      <h2 className="sr-only">{t.author_you()}</h2>
      <div className="bubble" dir="auto">
        {entry.body.text}
      </div>
      <div className="waiting-foot">
        <WaitingReason entry={entry} isBlocked={isBlocked} />
        {!entry.isSending && (
          <div className="waiting-buttons">
            {entry.refusal && (
              <button type="button" className="button button-quiet" onClick={() => sender.retry(entry.key)}>
                <RotateCcw size={15} aria-hidden />
                {t.retry()}
              </button>
            )}
            <button type="button" className="button button-quiet" onClick={edit}>
              <Pencil size={15} aria-hidden />
              {t.question_edit()}
            </button>
            <button type="button" className="button button-quiet" onClick={remove}>
              <Trash2 size={15} aria-hidden />
              {t.outbox_remove()}
            </button>
          </div>
        )}
      </div>
    </article>
  );
}

function WaitingReason({ entry, isBlocked }: Omit<WaitingMessageProps, 'conversation'>) {
  const t = useTexts();
  const { connection } = useServices();
  const isAway = useStore(connection.store, ({ state }) => isAwayState(state));
  if (entry.refusal) {
    const { title, action } = textOfCode(entry.refusal.code);
    return (
      <p role="alert" className="waiting-reason text-danger" title={entry.refusal.requestId}>
        <TriangleAlert size={15} aria-hidden className="mt-0.5 shrink-0" />
        <span>{t.send_failed({ reason: `${title}. ${action}` })}</span>
      </p>
    );
  }
  return (
    <p className="waiting-reason">
      <Clock size={15} aria-hidden className="mt-0.5 shrink-0" />
      <span>
        {waitingText({ isSending: entry.isSending ?? false, isAway, isBlocked }, t)}
        {entry.isUnkept && ` ${t.outbox_unkept()}`}
      </span>
    </p>
  );
}

function waitingText(
  { isSending, isAway, isBlocked }: { isSending: boolean; isAway: boolean; isBlocked: boolean },
  t: ReturnType<typeof useTexts>,
): string {
  if (isSending && !isAway) return t.composer_sending();
  if (isAway) return t.outbox_waiting();
  return isBlocked ? t.outbox_behind() : t.outbox_next();
}
