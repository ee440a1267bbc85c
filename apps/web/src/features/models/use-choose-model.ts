import { useServices } from '../../app/services-context.ts';
import type { Conversation } from '../../state/conversation.ts';
import { useChangeSettings } from '../preferences/use-user-settings.ts';
import { RecentModels } from './recent-models.ts';

/** Another model for the next answers of this chat. A choice in a new chat is also the one for the chats after it. */
export function useChooseModel(conversation: Conversation): (id: string) => void {
  const { saveDefaultModel } = useChangeSettings();
  const { area } = useServices();
  return (id) => {
    new RecentModels(area).add(id);
    void conversation.setModel(id);
    if (!conversation.store.getState().chatId) void saveDefaultModel(id);
  };
}
