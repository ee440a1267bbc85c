import type { MessageDto } from '@multimodel/contract';
import { Pencil } from 'lucide-react';
import { type RefObject, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { IconButton } from '../../ui/icon-button.tsx';
import { writeClipboard } from '../markdown/clipboard.ts';
import { useWaiting } from '../outbox/use-waiting.ts';
import { isBehindRefusal, WaitingBody } from '../outbox/waiting-body.tsx';
import { useTexts } from '../preferences/use-texts.ts';
import { BranchSwitch } from './branch-switch.tsx';
import { CopyButton } from './copy-button.tsx';
import { QuestionEditor } from './question-editor.tsx';
import { useThreadActs } from './thread-acts.ts';

export function UserMessage({ message }: { readonly message: MessageDto }) {
  const t = useTexts();
  const { conversation, isBusy } = useThreadActs();
  const editing = useStore(conversation.store, (state) => (state.editing?.messageId === message.id ? state.editing : undefined));
  const editButton = useRef<HTMLButtonElement>(null);
  useFocusAfterEdit(editing?.from, editButton);
  const waiting = useWaiting(conversation);
  const waitingEdit = waiting.find(({ editedId }) => editedId === message.id);
  if (editing) return <QuestionEditor message={message} begin={editing.text ?? waitingEdit?.body.text ?? message.text} />;
  if (waitingEdit) {
    return (
      <div className="contents" data-waiting>
        <WaitingBody conversation={conversation} entry={waitingEdit} isBlocked={isBehindRefusal(waiting, waitingEdit)} isInPlace />
      </div>
    );
  }
  return (
    <>
      <div className="bubble" dir="auto">
        {message.text}
      </div>
      <fieldset className="message-actions" aria-label={t.question_actions()}>
        <div className="quiet-actions">
          <CopyButton label={t.copy_question()} copy={() => writeClipboard(message.text)} />
          <IconButton
            ref={editButton}
            label={t.question_edit()}
            size="small"
            disabled={isBusy}
            onClick={() => conversation.branches.edit(message.id, 'message')}
          >
            <Pencil size={15} aria-hidden />
          </IconButton>
        </div>
        <BranchSwitch message={message} />
      </fieldset>
    </>
  );
}

/** A message on its way to the server. */
export function SendingMessage({ text }: { readonly text: string }) {
  const t = useTexts();
  return (
    <article className="question" data-sending>
      <h2 className="sr-only">{t.author_you()}</h2>
      <div className="bubble" dir="auto">
        {text}
      </div>
    </article>
  );
}

/** Back to where the editing began. */
function useFocusAfterEdit(from: 'composer' | 'message' | undefined, editButton: RefObject<HTMLButtonElement | null>): void {
  const before = useRef(from);
  useEffect(() => {
    const origin = before.current;
    before.current = from;
    if (origin === undefined || from !== undefined) return;
    const target = origin === 'composer' ? document.getElementById('composer') : editButton.current;
    target?.focus();
  }, [from, editButton]);
}
