import type { Client } from '@multimodel/client';
import type { MessagePage } from '@multimodel/contract';
import { limits } from '@multimodel/contract/limits';
import { messagePageSize } from './conversation-state.ts';

interface OlderRequest {
  readonly chatId: string;
  readonly cursor: string;
  /** A message to come to; absent = one page. */
  readonly until?: string | undefined;
}

/** What stands before a cursor of the shown branch, newest first: one page, or as many as lead to a message. */
export async function olderPages({ messages }: Pick<Client, 'messages'>, { chatId, cursor, until }: OlderRequest): Promise<MessagePage> {
  const limit = until === undefined ? messagePageSize : limits.pageSize;
  let page = await messages.list(chatId, { order: 'desc', limit, branch: 'current', cursor });
  while (until !== undefined && page.nextCursor !== undefined && !page.items.some(({ id }) => id === until)) {
    const next = await messages.list(chatId, { order: 'desc', limit, branch: 'current', cursor: page.nextCursor });
    page = { ...next, items: [...page.items, ...next.items] };
  }
  return page;
}
