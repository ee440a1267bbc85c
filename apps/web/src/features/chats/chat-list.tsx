import type { ChatDto } from '@multimodel/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { useMatch } from 'react-router';
import { useStore } from 'zustand';
import { useServices } from '../../app/services-context.ts';
import { ChatListSkeleton } from '../../ui/skeleton.tsx';
import { useLanguage, useTexts } from '../preferences/use-texts.ts';
import { type ChatDay, groupByDay } from './chat-days.ts';
import { ChatListItem } from './chat-list-item.tsx';
import { chatsQuery } from './chats-query.ts';
import { useChatListKeys } from './use-chat-list-keys.ts';

export function ChatList() {
  const t = useTexts();
  const { client, chats: actions } = useServices();
  const query = useInfiniteQuery(chatsQuery(client));
  const hidden = useStore(actions.hidden, (state) => state.ids);
  const chats = useMemo(() => query.data?.pages.flatMap((page) => page.items).filter(({ id }) => !hidden.has(id)), [query.data, hidden]);
  if (query.isPending)
    return (
      <div className="chat-list">
        <ChatListSkeleton />
      </div>
    );
  if (!chats) {
    return (
      <div className="chat-list chat-list-note">
        <p>{t.chats_failed()}</p>
        <button type="button" className="button button-quiet" onClick={() => void query.refetch()}>
          {t.retry()}
        </button>
      </div>
    );
  }
  if (chats.length === 0) return <p className="chat-list chat-list-note">{t.chats_empty()}</p>;
  return (
    <div className="chat-list">
      <ChatGroups chats={chats} />
      {query.hasNextPage && <MoreChats isLoading={query.isFetchingNextPage} load={() => void query.fetchNextPage()} />}
    </div>
  );
}

function ChatGroups({ chats }: { readonly chats: readonly ChatDto[] }) {
  const dayText = useDayText();
  const openId = useMatch('/chat/:chatId')?.params.chatId;
  const { currentId, listProps } = useChatListKeys();
  const isThere = (wanted: string | undefined) => chats.some(({ id }) => id === wanted);
  const stopId = [currentId, openId].find(isThere) ?? chats[0]?.id;
  const groups = groupByDay(chats, Date.now()).map(({ key, day, chats: group }) => (
    <section key={key} aria-labelledby={`day-${key}`}>
      <h2 id={`day-${key}`} className="day">
        {dayText(day)}
      </h2>
      <ul>
        {group.map((chat) => (
          <ChatListItem key={chat.id} chat={chat} isTabStop={chat.id === stopId} />
        ))}
      </ul>
    </section>
  ));
  return <div {...listProps}>{groups}</div>;
}

function MoreChats({ isLoading, load }: { readonly isLoading: boolean; readonly load: () => void }) {
  const t = useTexts();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!button.current || isLoading) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && load(), {
      root: button.current.closest('.chat-list'),
      rootMargin: '400px',
    });
    observer.observe(button.current);
    return () => observer.disconnect();
  }, [isLoading, load]);
  return (
    <button ref={button} type="button" className="button button-quiet mx-auto my-2" disabled={isLoading} onClick={load}>
      {isLoading ? t.loading() : t.chats_more()}
    </button>
  );
}

function useDayText(): (day: ChatDay) => string {
  const t = useTexts();
  const language = useLanguage();
  return (day) => {
    if (day === 'today') return t.day_today();
    if (day === 'yesterday') return t.day_yesterday();
    if (day === 'week') return t.day_week();
    const isThisYear = day.year === new Date().getFullYear();
    const text = new Intl.DateTimeFormat(language, isThisYear ? { month: 'long' } : { month: 'long', year: 'numeric' }).format(
      new Date(day.year, day.month),
    );
    return text.charAt(0).toLocaleUpperCase(language) + text.slice(1);
  };
}
