import type { MessageDto } from '@multimodel/contract';
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useServices } from '../../app/services-context.ts';
import type { FileTray } from '../../state/file-tray.ts';
import type { UnsentFile } from '../../state/unsent-file.ts';
import { useMediaQuery } from '../../ui/use-media-query.ts';
import { isSendKey, lengthState } from '../composer/composer-rules.ts';
import { pressOf } from '../composer/key-press.ts';
import { SendError } from '../composer/send-error.tsx';
import { useFieldHeight } from '../composer/use-field-height.ts';
import { AttachButton } from '../files/attach-button.tsx';
import { LateTray } from '../files/late-tray.tsx';
import { useFileTarget } from '../files/use-file-target.ts';
import { useSendFiles } from '../files/use-send-files.ts';
import { useModelChoice } from '../models/use-models.ts';
import { useLanguage, useTexts } from '../preferences/use-texts.ts';
import { formatNumber } from './facts.ts';
import { useThreadActs } from './thread-acts.ts';

interface QuestionEditorProps {
  readonly message: MessageDto;
  /** The text to begin with: of the question, or of a change that waited for the server. */
  readonly begin: string;
  readonly beginFiles: readonly UnsentFile[];
}

/** A question opened in its place. Sending it makes a branch; Esc leaves it as it was. */
export function QuestionEditor({ message, begin, beginFiles }: QuestionEditorProps) {
  const t = useTexts();
  const language = useLanguage();
  const { conversation, toEnd } = useThreadActs();
  const { id: model, model: chosen } = useModelChoice(conversation);
  const tray = useEditorTray(beginFiles);
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(begin);
  const sending = useStore(conversation.store, (state) => (state.sending?.editedId === message.id ? state.sending : undefined));
  const sendOnEnter = useStore(useServices().preferences, (preferences) => preferences.sendOnEnter);
  const isTouch = useMediaQuery('(pointer: coarse)');
  const isSending = sending !== undefined && sending.error === undefined;
  const length = lengthState(text.length);
  useFieldHeight(field, text);
  useCursorAtEnd(field);

  const send = async (files: readonly UnsentFile[]) => {
    const body = { text, parentId: message.parentId ?? null, ...(model ? { model } : {}) };
    if (!(await conversation.send(body, { editedId: message.id, files }))) return false;
    // What waits stays where it was changed.
    if (!conversation.waiting.some(({ editedId }) => editedId === message.id)) toEnd();
    if (!isTouch) document.getElementById('composer')?.focus();
    return true;
  };
  const { canSend, submit } = useSendFiles({
    conversation,
    tray,
    canSend: length.kind !== 'over' && !isSending,
    hasText: text.trim() !== '',
    send,
  });
  useFileTarget(tray);
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const { isComposing } = event.nativeEvent;
    if (event.key === 'Escape' && !isComposing) {
      event.preventDefault();
      conversation.branches.endEdit();
    } else if (isSendKey({ ...pressOf(event), isComposing }, { sendOnEnter, isTouch })) {
      event.preventDefault();
      void submit();
    }
  };
  return (
    <form className="question-editor" aria-busy={isSending || undefined} onSubmit={(event) => event.preventDefault()}>
      {sending?.error !== undefined && (
        <SendError error={sending.error} onRetry={() => void submit()} onClose={() => conversation.forgetSendError()} />
      )}
      <LateTray conversation={conversation} tray={tray} field={field} />
      <textarea
        ref={field}
        dir="auto"
        rows={1}
        value={text}
        aria-label={t.question_editor_label()}
        aria-invalid={length.kind === 'over' || undefined}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div className="question-editor-foot">
        <AttachButton tray={tray} accepted={chosen?.files} />
        {length.kind === 'over' ? (
          <p role="alert" className="question-editor-note text-danger">
            {t.composer_over({ count: length.over, shown: formatNumber(length.over, language) })}
          </p>
        ) : (
          <p className="question-editor-note">{t.question_editor_note()}</p>
        )}
        <button type="button" className="button button-quiet" onClick={() => conversation.branches.endEdit()}>
          {t.cancel()}
        </button>
        <button type="button" className="button button-primary" disabled={!canSend} onClick={() => void submit()}>
          {t.composer_send()}
        </button>
      </div>
    </form>
  );
}

/** Its own: the message in the making below has others. */
function useEditorTray(begin: readonly UnsentFile[]): FileTray {
  const { files } = useServices();
  const [pending] = useState(() => begin.filter(({ attachment }) => !attachment));
  const [tray] = useState(() => files.newTray(begin.filter(({ attachment }) => attachment)));
  useEffect(() => void files.giveBack(tray, pending), [files, tray, pending]);
  return tray;
}

function useCursorAtEnd(field: React.RefObject<HTMLTextAreaElement | null>): void {
  useLayoutEffect(() => {
    const element = field.current;
    element?.focus();
    element?.setSelectionRange(element.value.length, element.value.length);
  }, [field]);
}
