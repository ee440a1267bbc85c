import { type Client, createClient, NetworkError, newIdempotencyKey } from '@multimodel/client';
import { QueryClient } from '@tanstack/react-query';
import type { StoreApi } from 'zustand/vanilla';
import { ChatActions } from '../features/chats/chat-actions.ts';
import { chatsKey, patchChat } from '../features/chats/chats-query.ts';
import { m } from '../paraglide/messages.js';
import { overwriteGetLocale } from '../paraglide/runtime.js';
import { ConnectionStore } from '../state/connection-store.ts';
import type { ConversationListener } from '../state/conversation.ts';
import { Conversations } from '../state/conversations.ts';
import { Drafts } from '../state/drafts.ts';
import type { Notices } from '../state/notices.ts';
import { createPreferencesStore, type Preferences } from '../state/preferences-store.ts';
import { createStorageArea } from '../state/storage-area.ts';
import { UndoableActions } from '../state/undoable-actions.ts';
import { createNotices, type NoticeManager } from '../ui/notice-manager.ts';
import { onWake, requestFlush, schedule } from './browser.ts';

/** Everything that lives as long as the page. */
export interface Services {
  readonly client: Client;
  readonly queries: QueryClient;
  readonly preferences: StoreApi<Preferences>;
  readonly connection: ConnectionStore;
  readonly conversations: Conversations;
  readonly drafts: Drafts;
  readonly chats: ChatActions;
  readonly undoables: UndoableActions;
  readonly notices: Notices;
  readonly noticeManager: NoticeManager;
}

export function createServices(): Services {
  const area = createStorageArea(() => window.localStorage);
  const preferences = createPreferencesStore({ area, languages: navigator.languages });
  overwriteGetLocale(() => preferences.getState().language);
  const queries = createQueries();
  const connection: ConnectionStore = new ConnectionStore({
    isOnline: () => navigator.onLine,
    schedule,
    probe: () => fetch('/healthz', { cache: 'no-store' }).then(refuseGateway),
    onRestored: () => {
      void queries.invalidateQueries();
      conversations.refreshAll();
    },
  });
  const client = createClient({ baseUrl: '', fetch: watchedFetch(connection), language: () => preferences.getState().language, schedule });
  const drafts = new Drafts({ area, newKey: newIdempotencyKey });
  const undoables = new UndoableActions();
  const { manager: noticeManager, notices } = createNotices(undoables);
  const listener = createListener(queries, notices);
  const live = { client, requestFlush, onWake };
  const conversations: Conversations = new Conversations({ client, drafts, live, now: Date.now, listener });
  const chats = new ChatActions({ client, queries, conversations, notices });
  return { client, queries, preferences, connection, conversations, drafts, chats, undoables, notices, noticeManager };
}

function createQueries(): QueryClient {
  // 'always': whether the server can be reached is ours to find out; it may be on this very machine, without any internet.
  const defaults = {
    networkMode: 'always',
    staleTime: 30_000,
    retry: (count: number, error: unknown) => error instanceof NetworkError && count < 2,
  } as const;
  return new QueryClient({ defaultOptions: { queries: defaults, mutations: { networkMode: 'always' } } });
}

function createListener(queries: QueryClient, notices: Notices): ConversationListener {
  const texts = { save: m.chat_save_failed, clear: m.chat_clear_failed, stop: m.network_title, answer: m.answer_action_failed };
  return {
    chatCreated: () => void queries.invalidateQueries({ queryKey: chatsKey }),
    chatChanged: (chat) => patchChat(queries, chat),
    answerEnded: () => void queries.invalidateQueries({ queryKey: chatsKey }),
    failed: (action) => notices.failure(texts[action]()),
  };
}

function watchedFetch(connection: ConnectionStore) {
  return async (input: string, init?: RequestInit): Promise<Response> => {
    try {
      // A deletion that was put off until the page goes away still has to leave.
      const response = await fetch(input, { ...init, keepalive: init?.method === 'DELETE' });
      connection.reached();
      return response;
    } catch (error) {
      if (!init?.signal?.aborted) connection.failed();
      throw error;
    }
  };
}

function refuseGateway(response: Response): void {
  if (response.status === 502 || response.status === 504) throw new Error('The server is behind a gateway and away');
}
