import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router';
import { useStore } from 'zustand';
import { useServices } from '../../app/services-context.ts';
import type { Conversation } from '../../state/conversation.ts';
import { loadPart } from '../../ui/load-part.ts';
import { InvitationSkeleton } from '../../ui/skeleton.tsx';
import { useModels } from '../models/use-models.ts';
import { useTexts } from '../preferences/use-texts.ts';
import { EmptyChat } from './empty-chat.tsx';

const FirstRun = lazy(() => loadPart(async () => ({ default: (await import('../providers/first-run.tsx')).FirstRun })));

interface NewChatInvitationProps {
  readonly conversation: Conversation;
  readonly onStart: (text: string) => void;
}

/** What an empty chat shows; as long as only the demo answers, also the way to a real model. */
export function NewChatInvitation({ conversation, onStart }: NewChatInvitationProps) {
  const t = useTexts();
  const { models, isLoading } = useModels();
  const { preferences } = useServices();
  const firstRun = useStore(preferences, (state) => state.firstRun);
  const isNew = useStore(conversation.store, (state) => state.chatId === undefined);
  const isOnlyDemo = models.length > 0 && models.every(({ isDemo }) => isDemo);
  const isWanted = isNew && isOnlyDemo && firstRun !== 'dismissed';
  const [wasShown, setWasShown] = useState(false);
  if (isWanted && !wasShown) setWasShown(true);
  // Once it is there it stays to its end: the provider that it connects must not take it away in the middle.
  if (isNew && firstRun !== 'dismissed' && (isWanted || wasShown)) {
    return (
      <Suspense fallback={<InvitationSkeleton />}>
        <FirstRun conversation={conversation} onStart={onStart} onEnd={(end) => preferences.setState({ firstRun: end })} />
      </Suspense>
    );
  }
  if (isNew && isLoading && firstRun === 'open') {
    // Which of the two it will be is known in a moment.
    return <InvitationSkeleton />;
  }
  return (
    <EmptyChat onStart={onStart}>
      {isOnlyDemo && (
        <p className="demo-note">
          {t.demo_answers()} <Link to="/settings/providers/new">{t.provider_connect()}</Link>
        </p>
      )}
    </EmptyChat>
  );
}
