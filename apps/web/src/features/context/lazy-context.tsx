import { lazy, Suspense } from 'react';
import type { Conversation } from '../../state/conversation.ts';

interface ContextProps {
  readonly conversation: Conversation;
  readonly text: string;
}

const parts = () => import('./context-gauge.tsx');
const ContextGauge = lazy(async () => ({ default: (await parts()).ContextGauge }));
const ContextNote = lazy(async () => ({ default: (await parts()).ContextNote }));

/** The gauge is not needed to write: it comes when the page has time for it. */
export function LazyContextGauge(props: ContextProps) {
  return (
    <Suspense>
      <ContextGauge {...props} />
    </Suspense>
  );
}

export function LazyContextNote(props: ContextProps) {
  return (
    <Suspense>
      <ContextNote {...props} />
    </Suspense>
  );
}
