import { ArrowDown } from 'lucide-react';
import { memo, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { Conversation, ConversationState } from '../../state/conversation.ts';
import { useTexts } from '../preferences/use-texts.ts';
import { AssistantMessage } from './assistant-message.tsx';
import { useScrollFollower } from './use-scroll-follower.ts';
import { UserMessage } from './user-message.tsx';

interface ThreadProps {
  readonly conversation: Conversation;
  /** Sends a question again. */
  readonly onAskAgain: (text: string) => void;
}

export function Thread({ conversation, onAskAgain }: ThreadProps) {
  const t = useTexts();
  const state = useStore(conversation.store);
  const { scroller, content, isFollowing, toEnd } = useScrollFollower(state.messages[0]?.id);
  const isLive = state.live.size > 0;
  const sendingText = state.sending && state.sending.error === undefined ? state.sending.attempt.body.text : undefined;

  useEffect(() => {
    if (sendingText !== undefined) toEnd();
  }, [sendingText, toEnd]);

  return (
    <div className="thread-frame">
      <div
        ref={scroller}
        className="thread-scroller"
        role="log"
        aria-live="off"
        aria-label={t.thread_label()}
        aria-busy={isLive}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region has to be reachable by keyboard
        tabIndex={0}
      >
        <div ref={content} className="thread">
          <OlderMessages conversation={conversation} state={state} />
          <Messages state={state} onAskAgain={onAskAgain} />
          {sendingText !== undefined && <UserMessage text={sendingText} isSending />}
        </div>
      </div>
      {!isFollowing && (
        <button type="button" className="to-end" data-live={isLive || undefined} onClick={toEnd}>
          <ArrowDown size={16} aria-hidden />
          <span>{t.to_end()}</span>
          {isLive && <span className="sr-only">{t.to_end_live()}</span>}
        </button>
      )}
    </div>
  );
}

interface MessagesProps {
  readonly state: ConversationState;
  readonly onAskAgain: (text: string) => void;
}

const Messages = memo(function Messages({ state: { messages, live }, onAskAgain }: MessagesProps) {
  return messages.map((message, index) => {
    if (message.role === 'user') return <UserMessage key={message.id} text={message.text} />;
    const isLast = index === messages.length - 1;
    const question = messages.find(({ id }) => id === message.parentId) ?? messages[index - 1];
    const askAgain = isLast && question?.role === 'user' ? () => onAskAgain(question.text) : undefined;
    return <AssistantMessage key={message.id} message={message} live={live.get(message.id)} onAskAgain={askAgain} />;
  });
});

function OlderMessages({ conversation, state }: { readonly conversation: Conversation; readonly state: ConversationState }) {
  const t = useTexts();
  const sentinel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!sentinel.current || !state.olderCursor) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && void conversation.loadOlder(), {
      root: sentinel.current.closest('.thread-scroller'),
      rootMargin: '600px 0px 0px',
    });
    observer.observe(sentinel.current);
    return () => observer.disconnect();
  }, [conversation, state.olderCursor]);
  if (!state.olderCursor) return null;
  return (
    <div ref={sentinel} className="older">
      {state.older === 'failed' ? (
        <>
          <span>{t.older_failed()}</span>
          <button type="button" className="button button-quiet" onClick={() => void conversation.loadOlder()}>
            {t.retry()}
          </button>
        </>
      ) : (
        t.older_loading()
      )}
    </div>
  );
}
