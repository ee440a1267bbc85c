import { type Client, createClient, NetworkError } from '@multimodel/client';
import { QueryClient } from '@tanstack/react-query';
import type { StoreApi } from 'zustand/vanilla';
import { ChatActions } from '../features/chats/chat-actions.ts';
import { CommandRegistry } from '../features/commands/command-registry.ts';
import { FileTarget } from '../features/files/file-target.ts';
import { overwriteGetLocale } from '../paraglide/runtime.js';
import type { Notices } from '../state/notices.ts';
import { PendingClears } from '../state/pending-clears.ts';
import { createPreferencesStore, type Preferences } from '../state/preferences-store.ts';
import { createStorageArea, type StorageArea } from '../state/storage-area.ts';
import { UndoableActions } from '../state/undoable-actions.ts';
import { createNotices } from '../ui/create-notices.ts';
import { NoticeQueue } from '../ui/notice-queue.ts';
import { schedule } from './browser.ts';
import { createPresence, type Presence, watchedFetch } from './presence.ts';
import { createSending, type Sending } from './sending.ts';

/** Everything that lives as long as the page. */
export interface Services extends Presence, Sending {
  readonly client: Client;
  readonly queries: QueryClient;
  readonly area: StorageArea;
  readonly preferences: StoreApi<Preferences>;
  readonly chats: ChatActions;
  readonly commands: CommandRegistry;
  readonly fileTarget: FileTarget;
  readonly undoables: UndoableActions;
  readonly notices: Notices;
  readonly noticeQueue: NoticeQueue;
}

export function createServices(): Services {
  const area = createStorageArea(() => window.localStorage);
  const preferences = createPreferencesStore({ area, languages: navigator.languages });
  overwriteGetLocale(() => preferences.getState().language);
  const queries = createQueries();
  const presence = createPresence(() => {
    void queries.invalidateQueries();
    sending.conversations.refreshAll();
    sending.sender.flush();
  });
  const client = createClient({ baseUrl: '', fetch: watchedFetch(presence), language: () => preferences.getState().language, schedule });
  const undoables = new UndoableActions();
  const noticeQueue = new NoticeQueue();
  const notices = createNotices(noticeQueue, undoables);
  const sending: Sending = createSending({ area, client, connection: presence.connection, queries, notices });
  const chats = new ChatActions({
    client,
    queries,
    conversations: sending.conversations,
    notices,
    clears: new PendingClears({ area, now: Date.now }),
  });
  const commands = new CommandRegistry({
    userAgent: navigator.userAgent,
    hasCharacterKeys: () => preferences.getState().hasCharacterKeys,
  });
  const fileTarget = new FileTarget();
  return { ...presence, ...sending, client, queries, area, preferences, chats, commands, fileTarget, undoables, notices, noticeQueue };
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
