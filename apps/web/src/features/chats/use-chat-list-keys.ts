import { type FocusEvent, type KeyboardEvent, useRef, useState } from 'react';
import { noWalk, stepTo, typeAhead } from './list-walk.ts';

/** The list is one stop of Tab; inside it arrows, Home, End and letters lead from chat to chat. */
export function useChatListKeys() {
  const [currentId, setCurrentId] = useState<string>();
  const walk = useRef(noWalk);
  const onFocus = (event: FocusEvent<HTMLElement>) => {
    const id = event.target.closest<HTMLElement>('[data-chat]')?.dataset['chat'];
    if (id) setCurrentId(id);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const { key, ctrlKey, metaKey, altKey, target } = event;
    if (ctrlKey || metaKey || altKey || !(target instanceof HTMLElement) || !target.matches('.chat-link')) return;
    const links = [...event.currentTarget.querySelectorAll<HTMLElement>('.chat-link')];
    const index = links.indexOf(target);
    let next = stepTo(key, index, links.length);
    if (next === undefined && /^[\p{L}\p{N}]$/u.test(key)) {
      const titles = links.map(({ textContent }) => textContent.trim());
      const found = typeAhead(walk.current, { letter: key, at: event.timeStamp }, { titles, index });
      walk.current = found.state;
      next = found.index;
    }
    if (next === undefined) return;
    event.preventDefault();
    links[next]?.focus();
  };
  return { currentId, listProps: { onFocus, onKeyDown } };
}

/** The chat that takes the place of this one in the list, else the one before it, else the way to a new one. */
export function focusNeighbour(item: HTMLElement | null): void {
  const links = [...document.querySelectorAll<HTMLElement>('.chat-link')];
  const index = links.findIndex((link) => item?.contains(link));
  const next = links[index + 1] ?? links[index - 1] ?? document.querySelector<HTMLElement>('.new-chat');
  next?.focus();
}
