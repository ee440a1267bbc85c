import { useCallback, useEffect, useRef, useState } from 'react';
import { useServices } from '../../app/services-context.ts';
import type { Conversation } from '../../state/conversation.ts';
import { useTexts } from '../preferences/use-texts.ts';

const saveAfterMs = 300;
/** A draft of this size is worth a warning when it cannot be kept; a few words are not. */
const worthWarning = 2_000;

/** Text that survives a reload: saved shortly after a pause in typing, and when the page goes away. */
export function useDraft(conversation: Conversation): [string, (text: string) => void] {
  const { drafts, notices } = useServices();
  const t = useTexts();
  const hasWarned = useRef(false);
  const [text, setText] = useState(() => drafts.text(conversation.draftId));
  const shown = useRef(text);
  const isUnsaved = useRef(false);
  const timer = useRef(0);

  const change = useCallback(
    (next: string) => {
      shown.current = next;
      setText(next);
      isUnsaved.current = true;
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(() => {
        if (!isUnsaved.current) return;
        isUnsaved.current = false;
        if (drafts.saveText(conversation.draftId, next) || hasWarned.current || next.length < worthWarning) return;
        hasWarned.current = true;
        notices.failure(t.draft_unkept());
      }, saveAfterMs);
    },
    [conversation, drafts, notices, t],
  );

  useEffect(() => {
    const save = () => {
      // Of a chat that is not begun every tab keeps its own text; the last one to go leaves it.
      const isOwn = conversation.draftId === undefined && shown.current !== '';
      if (isUnsaved.current || isOwn) drafts.saveText(conversation.draftId, shown.current);
      isUnsaved.current = false;
    };
    const stopWatching = drafts.watch({
      chatId: () => conversation.draftId,
      change: (next, isKept) => {
        if (!isKept) change(next(shown.current));
        else if (!isUnsaved.current) {
          shown.current = next(shown.current);
          setText(shown.current);
        }
      },
    });
    window.addEventListener('pagehide', save);
    return () => {
      window.removeEventListener('pagehide', save);
      stopWatching();
      save();
    };
  }, [conversation, drafts, change]);

  return [text, change];
}
