import { type RefObject, useEffect } from 'react';
import { useComposerCommands } from './use-composer-commands.ts';
import { useFieldHeight } from './use-field-height.ts';
import { usePasteLimit } from './use-paste-limit.ts';

/** What the field does by itself. */
export function useComposerField(field: RefObject<HTMLTextAreaElement | null>, text: string, isTouch: boolean): void {
  useFieldHeight(field, text);
  usePasteLimit(field);
  useFocusOnOpen(field, isTouch);
  useComposerCommands(field);
}

/** On touch a focused field would open the keyboard over half the page. */
function useFocusOnOpen(field: RefObject<HTMLTextAreaElement | null>, isTouch: boolean): void {
  useEffect(() => {
    if (!isTouch && !isWalkingChats()) field.current?.focus({ preventScroll: true });
  }, [field, isTouch]);
}

/** Who goes through the list of chats by keys stays there, unless that has opened this one. */
function isWalkingChats(): boolean {
  const link = document.activeElement?.closest('.chat-link');
  return link ? link.getAttribute('aria-current') !== 'page' : false;
}
