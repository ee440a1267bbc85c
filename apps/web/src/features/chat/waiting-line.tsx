import type { RunView } from '@multimodel/client';
import { useEffect, useState } from 'react';
import { useTexts } from '../preferences/use-texts.ts';

interface WaitingLineProps {
  readonly view: RunView;
  readonly modelName: string | undefined;
  /** Absent: since it is on the screen. */
  readonly startedAt: number | undefined;
}

const secondsShownAfter = 3;

/** What an answer without a word is waiting for. */
export function WaitingLine({ view, modelName, startedAt }: WaitingLineProps) {
  const t = useTexts();
  const [shownAt] = useState(Date.now);
  const seconds = useElapsedSeconds(startedAt ?? shownAt);
  return <p className="waiting">{waitingText(view, { modelName, seconds }, t)}</p>;
}

type Texts = ReturnType<typeof useTexts>;

function waitingText(view: RunView, { modelName, seconds }: { modelName: string | undefined; seconds: number }, t: Texts): string {
  if (view.state === 'queued' && view.position !== undefined) return queueText(view.position, t);
  if (!modelName) return t.waiting_start();
  if (view.attempt?.reason === 'failover') return t.waiting_failover({ model: modelName });
  if (view.attempt?.reason === 'retry') return t.waiting_retry({ model: modelName });
  return seconds >= secondsShownAfter
    ? t.waiting_thinking_seconds({ model: modelName, seconds })
    : t.waiting_thinking({ model: modelName });
}

function queueText(position: number, t: Texts): string {
  return position <= 1 ? t.waiting_next() : t.waiting_queue({ position });
}

function useElapsedSeconds(startedAt: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), 1000);
    return () => window.clearInterval(timer);
  }, []);
  return Math.max(0, Math.floor((now - startedAt) / 1000));
}
