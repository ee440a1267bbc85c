import { type KeyboardEvent, type Ref, useImperativeHandle, useRef } from 'react';
import { useStore } from 'zustand';
import { useServices } from '../../app/services-context.ts';
import { isAwayState } from '../../state/connection-store.ts';
import type { Conversation } from '../../state/conversation.ts';
import { isAnswering as isAnsweringIn } from '../../state/conversation-state.ts';
import type { UnsentFile } from '../../state/unsent-file.ts';
import { useMediaQuery } from '../../ui/use-media-query.ts';
import { LazyContextGauge, LazyContextNote } from '../context/lazy-context.tsx';
import { useSendFiles } from '../files/use-send-files.ts';
import { useTexts } from '../preferences/use-texts.ts';
import { ComposerFiles } from './composer-files.tsx';
import { ComposerFooter } from './composer-footer.tsx';
import { isPlainArrowUp, isSendKey, lengthState } from './composer-rules.ts';
import { pressOf } from './key-press.ts';
import { SendButton } from './send-button.tsx';
import { SendError } from './send-error.tsx';
import { useComposerField } from './use-composer-field.ts';
import { useDraft } from './use-draft.ts';
import { useSuggestions } from './use-suggestions.tsx';

export interface ComposerHandle {
  insert(text: string): void;
}

interface ComposerProps {
  readonly conversation: Conversation;
  readonly send: (text: string, files: readonly UnsentFile[]) => Promise<boolean>;
  readonly ref?: Ref<ComposerHandle>;
}

export function Composer({ conversation, send, ref }: ComposerProps) {
  const t = useTexts();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useDraft(conversation);
  const state = useStore(conversation.store);
  const isAway = useStore(useServices().connection.store, (connection) => isAwayState(connection.state));
  // Without a connection nothing can be stopped, and what is sent waits.
  const isAnswering = isAnsweringIn(state) && !isAway;
  // What is sent from a question opened for changes has its own place for errors.
  const sending = state.sending?.editedId === undefined ? state.sending : undefined;
  const sendOnEnter = useStore(useServices().preferences, (preferences) => preferences.sendOnEnter);
  const isTouch = useMediaQuery('(pointer: coarse)');
  const isSending = sending !== undefined && sending.error === undefined;
  const length = lengthState(text.length);
  const { canSend, submit } = useSendFiles({
    conversation,
    tray: conversation.tray,
    canSend: length.kind !== 'over' && !isSending && !isAnswering && state.status === 'ready',
    hasText: text.trim() !== '',
    send: async (files) => {
      if (!isTouch) field.current?.focus();
      const isSent = await send(text, files);
      // What was typed while the message was on its way stays.
      if (isSent && field.current?.value === text) setText('');
      return isSent;
    },
  });

  useComposerField(field, text, isTouch);
  const suggestions = useSuggestions({ conversation, field, text, setText });
  useImperativeHandle(ref, () => ({
    insert(inserted) {
      setText(inserted);
      field.current?.focus();
    },
  }));

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (suggestions.onKeyDown(event)) return;
    const press = { ...pressOf(event), isComposing: event.nativeEvent.isComposing };
    if (isPlainArrowUp(press) && text === '' && conversation.branches.editLast()) event.preventDefault();
    if (!isSendKey(press, { sendOnEnter, isTouch })) return;
    event.preventDefault();
    void submit();
  };

  return (
    <div className="composer-area" data-region>
      {suggestions.list}
      {sending?.error !== undefined && (
        <SendError error={sending.error} onRetry={() => void submit()} onClose={() => conversation.forgetSendError()} />
      )}
      <form className="composer" data-sending={isSending || undefined} onSubmit={(event) => event.preventDefault()}>
        <ComposerFiles conversation={conversation} field={field} />
        <textarea
          ref={field}
          id="composer"
          dir="auto"
          rows={1}
          value={text}
          aria-label={t.composer_label()}
          aria-invalid={length.kind === 'over' || undefined}
          aria-describedby="composer-footer"
          placeholder={t.composer_placeholder()}
          enterKeyHint={isTouch || !sendOnEnter ? 'enter' : 'send'}
          {...suggestions.attributes}
          data-region-start
          onChange={(event) => {
            setText(event.target.value);
            suggestions.look();
          }}
          onSelect={suggestions.look}
          onBlur={suggestions.close}
          onKeyDown={onKeyDown}
        />
        <LazyContextGauge conversation={conversation} text={text} />
        <SendButton
          isAnswering={isAnswering}
          isSending={isSending}
          canSend={canSend}
          onSend={() => void submit()}
          onStop={() => void conversation.stop()}
        />
      </form>
      <LazyContextNote conversation={conversation} text={text} />
      <ComposerFooter length={length} sendOnEnter={sendOnEnter} isTouch={isTouch} />
    </div>
  );
}
