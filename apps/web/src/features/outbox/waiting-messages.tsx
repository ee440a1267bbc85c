import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { Conversation } from '../../state/conversation.ts';
import { useTexts } from '../preferences/use-texts.ts';
import { useWaiting } from './use-waiting.ts';
import { isBehindRefusal, WaitingBody } from './waiting-body.tsx';

/** Messages that wait for the server, below those that it has. A changed question waits in its own place, if that is on the screen. */
export function WaitingMessages({ conversation }: { readonly conversation: Conversation }) {
  const t = useTexts();
  const waiting = useWaiting(conversation);
  const messages = useStore(conversation.store, (state) => state.messages);
  const shown = useMemo(() => new Set(messages.map(({ id }) => id)), [messages]);
  return waiting
    .filter(({ editedId }) => editedId === undefined || !shown.has(editedId))
    .map((entry) => (
      <article key={entry.key} className="question" data-waiting={entry.refusal ? 'refused' : 'waiting'}>
        <h2 className="sr-only">{t.author_you()}</h2>
        <WaitingBody conversation={conversation} entry={entry} isBlocked={isBehindRefusal(waiting, entry)} />
      </article>
    ));
}
