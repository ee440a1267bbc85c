import type { ChatDto } from '@multimodel/contract';
import { Ellipsis, Pencil, Trash2 } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { NavLink, useMatch, useNavigate } from 'react-router';
import { useServices } from '../../app/services-context.ts';
import { useSidebar } from '../../app/sidebar-context.ts';
import { ActionMenu } from '../../ui/action-menu.tsx';
import { TitleField } from '../chat/chat-title.tsx';
import { useTexts } from '../preferences/use-texts.ts';
import { useNewChat } from './use-new-chat.ts';

export function ChatListItem({ chat }: { readonly chat: ChatDto }) {
  const t = useTexts();
  const navigate = useNavigate();
  const newChat = useNewChat();
  const { chats } = useServices();
  const { closeDrawer } = useSidebar();
  const [isRenaming, setIsRenaming] = useState(false);
  const isOpen = useMatch(`/chat/${chat.id}`) !== null;
  const title = chat.title ?? t.chat_untitled();
  const remove = () => {
    chats.delete(chat, () => isOpen && void navigate(`/chat/${chat.id}`));
    if (isOpen) newChat();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'F2') setIsRenaming(true);
    if (event.key !== 'Delete') return;
    focusNeighbour(event.currentTarget);
    remove();
  };
  if (isRenaming) {
    return (
      <li className="chat-item">
        <TitleField chat={chat} onEnd={() => setIsRenaming(false)} />
      </li>
    );
  }
  return (
    <li className="chat-item" data-open-chat={isOpen || undefined}>
      <NavLink to={`/chat/${chat.id}`} className="chat-link" title={title} onClick={closeDrawer} onKeyDown={onKeyDown}>
        {title}
      </NavLink>
      <ActionMenu
        trigger={
          <button type="button" className="chat-item-menu" aria-label={t.chat_actions({ title })}>
            <Ellipsis size={16} aria-hidden />
          </button>
        }
        actions={[
          { label: t.chat_rename(), icon: Pencil, run: () => setIsRenaming(true) },
          { label: t.chat_delete(), icon: Trash2, isDanger: true, run: remove },
        ]}
      />
    </li>
  );
}

/** The chat that takes the place of this one in the list; else the one before it. */
function focusNeighbour(link: HTMLElement): void {
  const links = [...document.querySelectorAll<HTMLElement>('.chat-link')];
  const index = links.indexOf(link);
  (links[index + 1] ?? links[index - 1])?.focus();
}
