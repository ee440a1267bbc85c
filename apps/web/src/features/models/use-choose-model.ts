import type { Conversation } from '../../state/conversation.ts';
import { useChangeSettings } from '../preferences/use-user-settings.ts';

/** Another model for the next answers of this chat. A choice in a new chat is also the one for the chats after it. */
export function useChooseModel(conversation: Conversation): (id: string) => void {
  const { saveDefaultModel } = useChangeSettings();
  return (id) => {
    void conversation.setModel(id);
    if (!conversation.store.getState().chatId) void saveDefaultModel(id);
  };
}
