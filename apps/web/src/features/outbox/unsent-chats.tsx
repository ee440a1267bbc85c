import { Clock } from 'lucide-react';
import { useMemo } from 'react';
import { NavLink } from 'react-router';
import { useStore } from 'zustand';
import { useServices } from '../../app/services-context.ts';
import { useSidebar } from '../../app/sidebar-context.ts';
import { isLocalChatId, type OutboxEntry } from '../../state/outbox.ts';
import { useTexts } from '../preferences/use-texts.ts';

/** Chats that begin with a message which still waits for the server: the way back to them. */
export function UnsentChats() {
  const t = useTexts();
  const { outbox } = useServices();
  const { closeDrawer } = useSidebar();
  const entries = useStore(outbox.store, (state) => state.entries);
  const first = useMemo(() => firstOfLocalChats(entries), [entries]);
  if (first.length === 0) return null;
  return (
    <section aria-labelledby="unsent-chats" className="unsent-chats">
      <h2 id="unsent-chats" className="day">
        {t.outbox_chats()}
      </h2>
      <ul>
        {first.map(({ chatId, body, files }) => (
          <li key={chatId} className="chat-item">
            <NavLink to={`/chat/${chatId}`} className="unsent-chat" onClick={closeDrawer}>
              <Clock size={14} aria-hidden className="shrink-0" />
              <span className="truncate">{body.text.trim() === '' ? files?.[0]?.name : body.text}</span>
            </NavLink>
          </li>
        ))}
      </ul>
    </section>
  );
}

function firstOfLocalChats(entries: readonly OutboxEntry[]): readonly OutboxEntry[] {
  const byChat = new Map<string, OutboxEntry>();
  for (const entry of entries) if (isLocalChatId(entry.chatId) && !byChat.has(entry.chatId)) byChat.set(entry.chatId, entry);
  return [...byChat.values()];
}
