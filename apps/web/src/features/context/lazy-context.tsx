import { lazy, Suspense } from 'react';
import type { Conversation } from '../../state/conversation.ts';
import { loadPart } from '../../ui/load-part.ts';

interface ContextProps {
  readonly conversation: Conversation;
  readonly text: string;
}

const parts = () => import('./context-gauge.tsx');
const ContextGauge = lazy(() => loadPart(async () => ({ default: (await parts()).ContextGauge })));
const ContextNote = lazy(() => loadPart(async () => ({ default: (await parts()).ContextNote })));

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
