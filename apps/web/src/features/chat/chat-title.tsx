import type { ChatDto } from '@multimodel/contract';
import { limits } from '@multimodel/contract/limits';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useServices } from '../../app/services-context.ts';
import { useSidebar } from '../../app/sidebar-context.ts';
import { useTexts } from '../preferences/use-texts.ts';
import { useRenameCommand } from './use-rename-command.ts';

/** The heading of the page; a click makes it a field. */
export function ChatTitle({ chat }: { readonly chat: ChatDto | undefined }) {
  const t = useTexts();
  const { isNarrow } = useSidebar();
  const [isEditing, setIsEditing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const isBack = useRef(false);
  useEffect(() => {
    if (!isEditing && isBack.current) button.current?.focus();
    isBack.current = false;
  }, [isEditing]);
  const onEnd = (by: EndOfTitle) => {
    isBack.current = by === 'key';
    setIsEditing(false);
  };
  useRenameCommand(chat !== undefined && !isNarrow, setIsEditing);
  // A phone has room for the model or for the title: the title is in the list, and renamed there.
  if (isNarrow) return <h1 className="sr-only">{chat ? (chat.title ?? t.chat_untitled()) : t.new_chat()}</h1>;
  if (!chat) return <h1 className="title truncate px-2">{t.new_chat()}</h1>;
  if (isEditing) return <TitleField chat={chat} onEnd={onEnd} />;
  return (
    <h1 className="title">
      <button ref={button} type="button" className="title-button" title={t.chat_rename()} onClick={() => setIsEditing(true)}>
        {chat.title ?? t.chat_untitled()}
      </button>
    </h1>
  );
}

/** By key the focus goes back to where it came from; else it is somewhere new already. */
export type EndOfTitle = 'key' | 'leaving';

interface TitleFieldProps {
  readonly chat: ChatDto;
  readonly onEnd: (by: EndOfTitle) => void;
}

/** Enter and leaving save, Esc does not. */
export function TitleField({ chat, onEnd }: TitleFieldProps) {
  const t = useTexts();
  const { chats } = useServices();
  const [title, setTitle] = useState(chat.title ?? '');
  const isEnded = useRef(false);
  const end = (by: EndOfTitle, isKept: boolean) => {
    // Taking the field away makes it lose the focus: that is no second end.
    if (isEnded.current) return;
    isEnded.current = true;
    const next = title.trim();
    if (isKept && next !== '' && next !== chat.title) void chats.rename(chat, next);
    onEnd(by);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    // The focus moves while the key is still down: what gets it must not take the same press for a click.
    event.preventDefault();
    if (event.key === 'Escape') event.stopPropagation();
    end('key', event.key === 'Enter');
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
      onBlur={() => end('leaving', true)}
      onKeyDown={onKeyDown}
    />
  );
}
