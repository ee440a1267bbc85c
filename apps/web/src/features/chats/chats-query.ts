import type { Client } from '@multimodel/client';
import type { ChatDto, ChatPage } from '@multimodel/contract';
import { type InfiniteData, infiniteQueryOptions, type QueryClient } from '@tanstack/react-query';

export const chatsKey = ['chats'] as const;
const pageSize = 50;

export function chatsQuery(client: Client) {
  return infiniteQueryOptions({
    queryKey: chatsKey,
    queryFn: ({ pageParam, signal }) => client.chats.list({ cursor: pageParam, limit: pageSize, signal }),
    initialPageParam: noCursor(),
    getNextPageParam: (page) => page.nextCursor,
  });
}

/** Puts what is known of one chat into the loaded list, without asking for it. */
export function patchChat(queries: QueryClient, chat: ChatDto): void {
  queries.setQueryData<InfiniteData<ChatPage>>(chatsKey, (data) => {
    if (!data) return data;
    const pages = data.pages.map((page) => ({ ...page, items: page.items.map((item) => (item.id === chat.id ? chat : item)) }));
    return { ...data, pages };
  });
}

function noCursor(): string | undefined {
  return undefined;
}
