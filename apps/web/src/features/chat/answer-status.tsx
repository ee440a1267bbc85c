import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Conversation } from '../../state/conversation.ts';
import { type ConversationState, isAnswering } from '../../state/conversation-state.ts';
import { useTexts } from '../preferences/use-texts.ts';

/** Says to screen readers that an answer began and how it ended, never its pieces. */
export function AnswerStatus({ conversation }: { readonly conversation: Conversation }) {
  const t = useTexts();
  const state = useStore(conversation.store);
  const wasLive = useRef(false);
  const [text, setText] = useState('');
  const isLive = isAnswering(state);
  useEffect(() => {
    if (isLive) setText(t.status_sent());
    else if (wasLive.current) setText(endText(state, t));
    wasLive.current = isLive;
  }, [isLive, state, t]);
  return (
    <div role="status" className="sr-only">
      {text}
    </div>
  );
}

function endText(state: ConversationState, t: ReturnType<typeof useTexts>): string {
  switch (state.messages.at(-1)?.state) {
    case 'stopped':
      return t.status_stopped();
    case 'failed':
      return t.status_failed();
    case 'interrupted':
      return t.status_interrupted();
    default:
      return t.status_completed();
  }
}
