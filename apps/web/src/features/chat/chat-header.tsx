import { ClipboardType, Copy, Ellipsis, Eraser, SquarePen, Trash2 } from 'lucide-react';
import { useNavigate } from 'react-router';
import { useStore } from 'zustand';
import { useServices } from '../../app/services-context.ts';
import type { Conversation } from '../../state/conversation.ts';
import { ActionMenu } from '../../ui/action-menu.tsx';
import type { MenuAction } from '../../ui/menu-action.ts';
import { SidebarButton } from '../chats/sidebar-button.tsx';
import { useNewChat } from '../chats/use-new-chat.ts';
import { useMenuCommands } from '../commands/use-menu-commands.ts';
import { ModelPicker } from '../models/model-picker.tsx';
import { useTexts } from '../preferences/use-texts.ts';
import { SettingsButton } from '../settings/settings-button.tsx';
import { ChatTitle } from './chat-title.tsx';
import { useCopyChat } from './use-copy-chat.ts';

export function ChatHeader({ conversation }: { readonly conversation: Conversation }) {
  const chat = useStore(conversation.store, (state) => state.chat);
  return (
    <header className="header" data-region>
      <SidebarButton />
      <ChatTitle chat={chat} />
      <div className="header-tools">
        <ModelPicker conversation={conversation} />
        <SettingsButton conversation={conversation} />
        {chat && <MoreMenu conversation={conversation} chatId={chat.id} title={chat.title} />}
      </div>
    </header>
  );
}

interface MoreMenuProps {
  readonly conversation: Conversation;
  readonly chatId: string;
  readonly title: string | undefined;
}

function MoreMenu({ conversation, chatId, title }: MoreMenuProps) {
  const t = useTexts();
  const navigate = useNavigate();
  const newChat = useNewChat();
  const { chats } = useServices();
  const hasMessages = useStore(conversation.store, (state) => state.messages.length > 0 && !state.isClearing);
  const clear = { label: t.chat_clear(), icon: Eraser, run: () => void chats.clear(chatId) };
  const copy = useCopyChat(conversation);
  const remove = () => {
    chats.delete({ id: chatId, title }, () => void navigate(`/chat/${chatId}`));
    newChat();
  };
  const actions: readonly MenuAction[] = [
    ...(hasMessages
      ? [
          { label: t.chat_copy_markdown(), icon: Copy, run: () => copy('markdown') },
          { label: t.chat_copy_text(), icon: ClipboardType, run: () => copy('text') },
          clear,
        ]
      : []),
    { label: t.chat_delete(), icon: Trash2, isDanger: true, run: remove },
  ];
  useMenuCommands(actions);
  return (
    <ActionMenu
      trigger={
        <button type="button" className="icon-button" aria-label={t.chat_more()}>
          <Ellipsis size={18} aria-hidden />
        </button>
      }
      actions={[{ label: t.new_chat(), icon: SquarePen, run: newChat }, ...actions]}
    />
  );
}
