import type { ChatDto } from '@multimodel/contract';
import { Ellipsis, Pencil, Trash2 } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { NavLink, useMatch, useNavigate } from 'react-router';
import { useServices } from '../../app/services-context.ts';
import { useSidebar } from '../../app/sidebar-context.ts';
import { ActionMenu } from '../../ui/action-menu.tsx';
import { type EndOfTitle, TitleField } from '../chat/chat-title.tsx';
import type { Shortcut } from '../commands/shortcut.ts';
import { shortcuts } from '../commands/shortcuts.ts';
import { useTexts } from '../preferences/use-texts.ts';
import { focusNeighbour } from './use-chat-list-keys.ts';

interface ChatListItemProps {
  readonly chat: ChatDto;
  /** Where Tab enters the list; the arrows do the rest. */
  readonly isTabStop: boolean;
}

export function ChatListItem({ chat, isTabStop }: ChatListItemProps) {
  const t = useTexts();
  const navigate = useNavigate();
  const { chats, commands, conversations } = useServices();
  const item = useRef<HTMLLIElement>(null);
  const { closeDrawer } = useSidebar();
  const [isRenaming, setIsRenaming] = useState(false);
  const isOpen = useMatch(`/chat/${chat.id}`) !== null;
  const title = chat.title ?? t.chat_untitled();
  const remove = () => {
    focusNeighbour(item.current);
    chats.delete(chat, () => isOpen && void navigate(`/chat/${chat.id}`));
    if (!isOpen) return;
    conversations.startNew();
    void navigate('/');
  };
  const isBack = useRef(false);
  useEffect(() => {
    if (!isRenaming && isBack.current) item.current?.querySelector('a')?.focus();
    isBack.current = false;
  }, [isRenaming]);
  const endRenaming = (by: EndOfTitle) => {
    isBack.current = by === 'key';
    setIsRenaming(false);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const isKey = (shortcut: Shortcut) => commands.matches(event, shortcut);
    if (isKey(shortcuts.rename)) setIsRenaming(true);
    else if (isKey(shortcuts.remove)) remove();
    else return;
    event.preventDefault();
  };
  if (isRenaming) {
    return (
      <li className="chat-item">
        <TitleField chat={chat} onEnd={endRenaming} />
      </li>
    );
  }
  return (
    <li ref={item} className="chat-item" data-chat={chat.id} data-open-chat={isOpen || undefined}>
      <NavLink
        to={`/chat/${chat.id}`}
        className="chat-link"
        title={title}
        tabIndex={isTabStop ? 0 : -1}
        data-region-start={isTabStop || undefined}
        onClick={closeDrawer}
        onKeyDown={onKeyDown}
      >
        {title}
      </NavLink>
      <ActionMenu
        trigger={
          <button type="button" tabIndex={isTabStop ? 0 : -1} className="chat-item-menu" aria-label={t.chat_actions({ title })}>
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
