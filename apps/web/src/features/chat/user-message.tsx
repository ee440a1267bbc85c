import type { MessageDto } from '@multimodel/contract';
import { Pencil } from 'lucide-react';
import { type RefObject, useEffect, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import type { UnsentFile } from '../../state/unsent-file.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { textWithNames } from '../files/file-names.ts';
import { filesOfMessage, LateMessageFiles } from '../files/late-message-files.tsx';
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
  const files = useMemo(() => filesOfMessage(message), [message]);
  if (editing) {
    const begin = editing.text ?? waitingEdit?.body.text ?? message.text;
    return <QuestionEditor message={message} begin={begin} beginFiles={editing.files ?? waitingEdit?.files ?? files} />;
  }
  if (waitingEdit) {
    return (
      <div className="contents" data-waiting>
        <WaitingBody conversation={conversation} entry={waitingEdit} isBlocked={isBehindRefusal(waiting, waitingEdit)} isInPlace />
      </div>
    );
  }
  return (
    <>
      <LateMessageFiles files={files} />
      {message.text.trim() !== '' && (
        <div className="bubble" dir="auto">
          {message.text}
        </div>
      )}
      <fieldset className="message-actions" aria-label={t.question_actions()}>
        <div className="quiet-actions">
          <CopyButton label={t.copy_question()} copy={() => writeClipboard(textWithNames(message))} />
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
export function SendingMessage({ text, files }: { readonly text: string; readonly files: readonly UnsentFile[] }) {
  const t = useTexts();
  return (
    <article className="question" data-sending>
      <h2 className="sr-only">{t.author_you()}</h2>
      <LateMessageFiles files={files} />
      {text.trim() !== '' && (
        <div className="bubble" dir="auto">
          {text}
        </div>
      )}
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
