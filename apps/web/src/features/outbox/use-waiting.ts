import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useServices } from '../../app/services-context.ts';
import type { Conversation } from '../../state/conversation.ts';
import type { OutboxEntry } from '../../state/outbox.ts';

/** What waits in the outbox for this chat, oldest first. */
export function useWaiting(conversation: Conversation): readonly OutboxEntry[] {
  const { outbox } = useServices();
  const entries = useStore(outbox.store, (state) => state.entries);
  const id = useStore(conversation.store, ({ chatId, localId }) => chatId ?? localId);
  return useMemo(() => entries.filter(({ chatId }) => chatId === id), [entries, id]);
}
