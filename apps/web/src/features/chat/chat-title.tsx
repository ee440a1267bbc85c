import type { ChatDto } from '@multimodel/contract';
import { limits } from '@multimodel/contract/limits';
import { type KeyboardEvent, useState } from 'react';
import { useServices } from '../../app/services-context.ts';
import { useSidebar } from '../../app/sidebar-context.ts';
import { useTexts } from '../preferences/use-texts.ts';

/** The heading of the page; a click makes it a field. */
export function ChatTitle({ chat }: { readonly chat: ChatDto | undefined }) {
  const t = useTexts();
  const { isNarrow } = useSidebar();
  const [isEditing, setIsEditing] = useState(false);
  // A phone has room for the model or for the title: the title is in the list, and renamed there.
  if (isNarrow) return <h1 className="sr-only">{chat ? (chat.title ?? t.chat_untitled()) : t.new_chat()}</h1>;
  if (!chat) return <h1 className="title truncate px-2">{t.new_chat()}</h1>;
  if (isEditing) return <TitleField chat={chat} onEnd={() => setIsEditing(false)} />;
  return (
    <h1 className="title">
      <button type="button" className="title-button" title={t.chat_rename()} onClick={() => setIsEditing(true)}>
        {chat.title ?? t.chat_untitled()}
      </button>
    </h1>
  );
}

interface TitleFieldProps {
  readonly chat: ChatDto;
  readonly onEnd: () => void;
}

/** Enter and leaving save, Esc does not. */
export function TitleField({ chat, onEnd }: TitleFieldProps) {
  const t = useTexts();
  const { chats } = useServices();
  const [title, setTitle] = useState(chat.title ?? '');
  const save = () => {
    const next = title.trim();
    if (next !== '' && next !== chat.title) void chats.rename(chat, next);
    onEnd();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') save();
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    onEnd();
  };
  return (
    <input
      className="title-field"
      aria-label={t.chat_title_label()}
      value={title}
      maxLength={limits.titleCharacters}
      ref={(field) => field?.focus()}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setTitle(event.target.value)}
      onBlur={save}
      onKeyDown={onKeyDown}
    />
  );
}
