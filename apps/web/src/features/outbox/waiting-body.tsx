import { Clock, Pencil, RotateCcw, Trash2, TriangleAlert, Undo2 } from 'lucide-react';
import { useStore } from 'zustand';
import { useServices } from '../../app/services-context.ts';
import { isAwayState } from '../../state/connection-store.ts';
import type { Conversation } from '../../state/conversation.ts';
import type { OutboxEntry } from '../../state/outbox.ts';
import { textOfCode } from '../chat/error-text.ts';
import { LateMessageFiles } from '../files/late-message-files.tsx';
import { useTexts } from '../preferences/use-texts.ts';

interface WaitingBodyProps {
  readonly conversation: Conversation;
  readonly entry: OutboxEntry;
  /** One before it was refused. */
  readonly isBlocked: boolean;
  /** It stands in the place of the question that it changes. */
  readonly isInPlace?: boolean;
}

export function isBehindRefusal(waiting: readonly OutboxEntry[], entry: OutboxEntry): boolean {
  return waiting.slice(0, waiting.indexOf(entry)).some(({ refusal }) => refusal);
}

/** What waits to be sent, why it waits, and what can still be done with it. */
export function WaitingBody({ conversation, entry, isBlocked, isInPlace = false }: WaitingBodyProps) {
  const t = useTexts();
  const { drafts, files, sender } = useServices();
  const focusBack = () => document.getElementById('composer')?.focus();
  const edit = () => {
    const taken = conversation.takeBack(entry.key);
    if (!taken) return;
    if (isInPlace && taken.editedId !== undefined) {
      conversation.branches.edit(taken.editedId, 'message', { text: taken.body.text, files: taken.files });
      return;
    }
    drafts.putBack(conversation.draftId, taken.body.text);
    void files.giveBack(conversation.tray, taken.files);
    focusBack();
  };
  const remove = () => {
    files.forget(conversation.takeBack(entry.key)?.files);
    focusBack();
  };
  return (
    <>
      <LateMessageFiles files={entry.files ?? []} />
      {entry.body.text.trim() !== '' && (
        <div className="bubble" dir="auto">
          {entry.body.text}
        </div>
      )}
      <div className="waiting-foot">
        <WaitingReason entry={entry} isBlocked={isBlocked} isInPlace={isInPlace} />
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
              {entry.editedId === undefined ? <Trash2 size={15} aria-hidden /> : <Undo2 size={15} aria-hidden />}
              {entry.editedId === undefined ? t.outbox_remove() : t.outbox_keep_former()}
            </button>
          </div>
        )}
      </div>
    </>
  );
}

function WaitingReason({ entry, isBlocked, isInPlace }: Omit<WaitingBodyProps, 'conversation'>) {
  const t = useTexts();
  const { connection } = useServices();
  const isAway = useStore(connection.store, ({ state }) => isAwayState(state));
  if (entry.refusal) {
    const { lostFile: name } = entry.refusal;
    const { title, action } = textOfCode(entry.refusal.code);
    const reason = name === undefined ? `${title}. ${action}` : t.outbox_file_lost({ name });
    return (
      <p role="alert" className="waiting-reason text-danger" title={entry.refusal.requestId}>
        <TriangleAlert size={15} aria-hidden className="mt-0.5 shrink-0" />
        <span>{t.send_failed({ reason })}</span>
      </p>
    );
  }
  return (
    <p className="waiting-reason">
      <Clock size={15} aria-hidden className="mt-0.5 shrink-0" />
      <span>
        {isInPlace && `${t.outbox_edited()} `}
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
