import { ArrowDown } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Conversation } from '../../state/conversation.ts';
import { type ConversationState, isAnswering } from '../../state/conversation-state.ts';
import { LazyMounts, LazyMountsContext } from '../lazy/lazy-mounts.ts';
import { useModelChoice, useModels } from '../models/use-models.ts';
import { WaitingMessages } from '../outbox/waiting-messages.tsx';
import { useTexts } from '../preferences/use-texts.ts';
import { LazySelectionTools } from '../selection/lazy-selection-tools.tsx';
import { MessageList } from './message-list.tsx';
import { MessageWalk } from './message-walk.tsx';
import { type ThreadActs, ThreadContext } from './thread-acts.ts';
import { useReadingPlace } from './use-reading-place.ts';
import { useScrollFollower } from './use-scroll-follower.ts';
import { useThreadCommands } from './use-thread-commands.ts';
import { SendingMessage } from './user-message.tsx';

export function Thread({ conversation }: { readonly conversation: Conversation }) {
  const t = useTexts();
  const state = useStore(conversation.store);
  const scroll = useScrollFollower();
  const { scroller, content, isFollowing, toEnd, hold } = scroll;
  const [mounts] = useState(() => new LazyMounts());
  useEffect(() => (scroller.current ? mounts.attach(scroller.current) : undefined), [mounts, scroller]);
  useReadingPlace({ conversation, mounts, scroll, firstId: state.messages[0]?.id });
  const isLive = isAnswering(state);
  const { sending } = state;
  const isSending = sending !== undefined && sending.error === undefined && sending.editedId === undefined;
  const sendingText = isSending ? sending.attempt.body.text : undefined;
  useThreadCommands(conversation, toEnd);
  const { models } = useModels();
  const { id: model } = useModelChoice(conversation);
  const isBusy = isLive || state.actingOn !== undefined;
  const acts = useMemo((): ThreadActs => {
    const switchTo = (shownId: string, otherId: string) => {
      hold(shownId, otherId);
      void conversation.branches.switchTo(otherId);
    };
    return { conversation, toEnd, switchTo, isBusy, models, model };
  }, [conversation, toEnd, hold, isBusy, models, model]);

  useEffect(() => {
    if (sendingText !== undefined) toEnd();
  }, [sendingText, toEnd]);

  return (
    <div className="thread-frame">
      <div
        ref={scroller}
        className="thread-scroller"
        data-region
        data-following={isFollowing || undefined}
        role="log"
        aria-live="off"
        aria-label={t.thread_label()}
        aria-busy={isLive}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region has to be reachable by keyboard
        tabIndex={0}
      >
        <div ref={content} className="thread">
          <OlderMessages conversation={conversation} state={state} />
          <ThreadContext value={acts}>
            <MessageWalk scroller={scroller} />
            <LazyMountsContext value={mounts}>
              <MessageList messages={state.messages} live={state.live} />
            </LazyMountsContext>
          </ThreadContext>
          {sendingText !== undefined && <SendingMessage text={sendingText} files={sending?.files ?? []} />}
          <WaitingMessages conversation={conversation} />
        </div>
      </div>
      <LazySelectionTools />
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
