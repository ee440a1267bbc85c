import { type Client, newIdempotencyKey } from '@multimodel/client';
import type { QueryClient } from '@tanstack/react-query';
import { chatsKey, patchChat } from '../features/chats/chats-query.ts';
import { modelsKey } from '../features/providers/providers-query.ts';
import { m } from '../paraglide/messages.js';
import type { ConnectionStore } from '../state/connection-store.ts';
import type { ConversationListener } from '../state/conversation.ts';
import { Conversations } from '../state/conversations.ts';
import { Drafts } from '../state/drafts.ts';
import { MessageFiles } from '../state/message-files.ts';
import { NewChatChoices } from '../state/new-chat-choices.ts';
import type { Notices } from '../state/notices.ts';
import { Outbox, type OutboxEntry } from '../state/outbox.ts';
import { OutboxSender } from '../state/outbox-sender.ts';
import type { StorageArea } from '../state/storage-area.ts';
import { onWakeOrReturn, requestFlush, schedule, withOutboxLock } from './browser.ts';
import { createFileDeps } from './file-deps.ts';

/** From typed text to a message that the server has. */
export interface Sending {
  readonly conversations: Conversations;
  readonly drafts: Drafts;
  readonly outbox: Outbox;
  readonly files: MessageFiles;
  readonly sender: OutboxSender;
}

export interface SendingDeps {
  readonly area: StorageArea;
  readonly client: Client;
  readonly connection: ConnectionStore;
  readonly queries: QueryClient;
  readonly notices: Notices;
}

export function createSending({ area, client, connection, queries, notices }: SendingDeps): Sending {
  const drafts = new Drafts({ area, newKey: newIdempotencyKey });
  const outbox = new Outbox({ area, now: Date.now });
  const files = new MessageFiles({ ...createFileDeps({ client, connection }), drafts, outbox });
  const isAway = () => connection.isAway;
  const live = { client, requestFlush, onWake: (wake: () => void) => onWakeOrReturn(connection, wake) };
  const listener = createListener({ queries, notices, flush: () => sender.flush() });
  const choices = new NewChatChoices(area);
  const conversations: Conversations = new Conversations({
    client,
    drafts,
    outbox,
    files,
    isAway,
    live,
    now: Date.now,
    listener,
    choices,
  });
  const deliver = (entry: OutboxEntry) => conversations.open(entry.chatId).deliver(entry);
  const sender: OutboxSender = new OutboxSender({ outbox, isAway, deliver, withLock: withOutboxLock, schedule });
  return { conversations, drafts, outbox, files, sender };
}

interface ListenerDeps extends Pick<SendingDeps, 'queries' | 'notices'> {
  readonly flush: () => void;
}

function createListener({ queries, notices, flush }: ListenerDeps): ConversationListener {
  const texts = { save: m.chat_save_failed, clear: m.chat_clear_failed, stop: m.network_title, answer: m.answer_action_failed };
  return {
    chatCreated: () => void queries.invalidateQueries({ queryKey: chatsKey }),
    queued: flush,
    chatChanged: (chat) => patchChat(queries, chat),
    answerEnded: () => {
      void queries.invalidateQueries({ queryKey: chatsKey });
      // The last answer tells whether its provider works.
      void queries.invalidateQueries({ queryKey: modelsKey });
      flush();
    },
    failed: (action) => notices.failure(texts[action]()),
  };
}
