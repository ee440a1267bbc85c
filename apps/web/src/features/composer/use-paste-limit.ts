import { limits } from '@multimodel/contract/limits';
import { type RefObject, useEffect } from 'react';
import { useServices } from '../../app/services-context.ts';
import { formatNumber } from '../chat/facts.ts';
import { useLanguage, useTexts } from '../preferences/use-texts.ts';
import { isTooMuchToInsert } from './composer-rules.ts';

/**
 * Refuses to take in at one stroke what no message can hold, and says how much it is: a field with a megabyte in it
 * would take a third of a second for every further key. What is in the field stays.
 */
export function usePasteLimit(field: RefObject<HTMLTextAreaElement | null>): void {
  const t = useTexts();
  const language = useLanguage();
  const { notices } = useServices();
  useEffect(() => {
    const element = field.current;
    if (!element) return;
    const refuse = (event: Event, inserted: string | undefined) => {
      const kept = element.value.length - (element.selectionEnd - element.selectionStart);
      if (inserted === undefined || !isTooMuchToInsert(kept, inserted.length)) return;
      event.preventDefault();
      const [count, limit] = [inserted.length, limits.messageCharacters].map((size) => formatNumber(size, language));
      notices.failure(t.composer_paste_refused({ count: count ?? '', limit: limit ?? '' }));
    };
    const onPaste = (event: ClipboardEvent) => refuse(event, event.clipboardData?.getData('text/plain'));
    const onDrop = (event: DragEvent) => refuse(event, event.dataTransfer?.getData('text/plain'));
    element.addEventListener('paste', onPaste);
    element.addEventListener('drop', onDrop);
    return () => {
      element.removeEventListener('paste', onPaste);
      element.removeEventListener('drop', onDrop);
    };
  }, [field, t, language, notices]);
}
