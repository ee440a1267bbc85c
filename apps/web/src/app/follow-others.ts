import { chatsKey } from '../features/chats/chats-query.ts';
import { isOutboxKey } from '../state/outbox.ts';
import { preferencesKey, rereadPreferences } from '../state/preferences-store.ts';
import type { Services } from './services.ts';

/** Keeps this tab true: what other tabs wrote, and what other devices may have written while nobody looked. */
export function followOthers(services: Services): void {
  const { tabs, outbox, sender, conversations, queries } = services;
  tabs.listen((path) => void readAgain(services, path));
  window.addEventListener('storage', ({ key }) => {
    if (key === preferencesKey) rereadPreferences(services.preferences, services.area);
    if (isOutboxKey(key)) outbox.reread();
    if (key) services.drafts.changedElsewhere(key);
  });
  const look = () => {
    if (document.visibilityState !== 'visible') return;
    conversations.refreshAll();
    void queries.invalidateQueries({ queryKey: chatsKey });
    void queries.invalidateQueries({ queryKey: ['settings'] });
    sender.flush();
  };
  document.addEventListener('visibilitychange', look);
  window.addEventListener('focus', look);
  sender.flush();
}

/** By the address that was written to. */
function readAgain({ conversations, queries }: Services, path: string): Promise<unknown> {
  const [, , , kind, id] = path.split(/[/?]/);
  if (kind === 'chats') {
    if (id) void conversations.find(decodeURIComponent(id))?.refresh();
    return queries.invalidateQueries({ queryKey: chatsKey });
  }
  // Whatever else there is to write hangs together: providers with models, settings with both.
  return kind === 'runs' ? Promise.resolve() : queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== chatsKey[0] });
}
