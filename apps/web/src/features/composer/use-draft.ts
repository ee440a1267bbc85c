import { useEffect, useRef, useState } from 'react';
import { useServices } from '../../app/services-context.ts';
import type { Conversation } from '../../state/conversation.ts';

const saveAfterMs = 300;

/** Text that survives a reload: saved shortly after a pause in typing, and when the page goes away. */
export function useDraft(conversation: Conversation): [string, (text: string) => void] {
  const { drafts } = useServices();
  const [text, setText] = useState(() => drafts.text(conversation.draftId));
  const unsaved = useRef<string>(undefined);
  const timer = useRef(0);

  useEffect(() => {
    const save = () => {
      if (unsaved.current !== undefined) drafts.saveText(conversation.draftId, unsaved.current);
      unsaved.current = undefined;
    };
    window.addEventListener('pagehide', save);
    return () => {
      window.removeEventListener('pagehide', save);
      save();
    };
  }, [conversation, drafts]);

  const change = (next: string) => {
    setText(next);
    unsaved.current = next;
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => {
      if (unsaved.current === undefined) return;
      drafts.saveText(conversation.draftId, unsaved.current);
      unsaved.current = undefined;
    }, saveAfterMs);
  };
  return [text, change];
}
