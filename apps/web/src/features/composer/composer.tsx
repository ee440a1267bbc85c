import { ArrowUp, Square } from 'lucide-react';
import { type KeyboardEvent, type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import { useStore } from 'zustand';
import { useServices } from '../../app/services-context.ts';
import { isAwayState } from '../../state/connection-store.ts';
import type { Conversation } from '../../state/conversation.ts';
import { isAnswering as isAnsweringIn } from '../../state/conversation-state.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { useMediaQuery } from '../../ui/use-media-query.ts';
import { LazyContextGauge, LazyContextNote } from '../context/lazy-context.tsx';
import { useTexts } from '../preferences/use-texts.ts';
import { ComposerFooter } from './composer-footer.tsx';
import { isPlainArrowUp, isSendKey, lengthState } from './composer-rules.ts';
import { pressOf } from './key-press.ts';
import { SendError } from './send-error.tsx';
import { useComposerCommands } from './use-composer-commands.ts';
import { useDraft } from './use-draft.ts';
import { useFieldHeight } from './use-field-height.ts';
import { usePasteLimit } from './use-paste-limit.ts';
import { useSuggestions } from './use-suggestions.tsx';

export interface ComposerHandle {
  insert(text: string): void;
}

interface ComposerProps {
  readonly conversation: Conversation;
  readonly send: (text: string) => Promise<boolean>;
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
  const canSend = text.trim() !== '' && length.kind !== 'over' && !isSending && !isAnswering && state.status === 'ready';

  useFieldHeight(field, text);
  usePasteLimit(field);
  useFocusOnOpen(field, isTouch);
  useComposerCommands(field);
  const suggestions = useSuggestions({ conversation, field, text, setText });
  useImperativeHandle(ref, () => ({
    insert(inserted) {
      setText(inserted);
      field.current?.focus();
    },
  }));

  const submit = async () => {
    if (!canSend) return;
    if (!isTouch) field.current?.focus();
    const isSent = await send(text);
    // What was typed while the message was on its way stays.
    if (isSent && field.current?.value === text) setText('');
  };
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
        {isAnswering ? (
          <IconButton label={t.composer_stop_hint()} className="send-button" onClick={() => void conversation.stop()}>
            <Square size={14} fill="currentColor" aria-hidden />
          </IconButton>
        ) : (
          <IconButton
            label={isSending ? t.composer_sending() : t.composer_send()}
            className="send-button"
            disabled={!canSend}
            onClick={() => void submit()}
          >
            <ArrowUp size={18} aria-hidden />
          </IconButton>
        )}
      </form>
      <LazyContextNote conversation={conversation} text={text} />
      <ComposerFooter length={length} sendOnEnter={sendOnEnter} isTouch={isTouch} />
    </div>
  );
}

/** On touch a focused field would open the keyboard over half the page. */
function useFocusOnOpen(field: React.RefObject<HTMLTextAreaElement | null>, isTouch: boolean): void {
  useEffect(() => {
    if (!isTouch && !isWalkingChats()) field.current?.focus({ preventScroll: true });
  }, [field, isTouch]);
}

/** Who goes through the list of chats by keys stays there, unless that has opened this one. */
function isWalkingChats(): boolean {
  const link = document.activeElement?.closest('.chat-link');
  return link ? link.getAttribute('aria-current') !== 'page' : false;
}
