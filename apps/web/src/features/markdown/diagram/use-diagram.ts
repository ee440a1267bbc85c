import { type RefObject, useEffect, useState, useSyncExternalStore } from 'react';
import { schedule } from '../../../app/browser.ts';
import { DiagramPainter, type DiagramResult } from './diagram-painter.ts';
import type { DiagramTheme } from './diagram-protocol.ts';
import { openDiagramFrame } from './open-diagram-frame.ts';

const painter = new DiagramPainter({ openFrame: openDiagramFrame, schedule });
/** Drawn a little before it comes into view. */
const ahead = '400px 0px';

export interface DiagramState {
  /** Undefined while it is drawn. A picture in the other theme stays until the new one is there. */
  readonly result: DiagramResult | undefined;
  readonly retry: () => void;
}

/** The picture of a diagram, once its place is about to be seen. */
export function useDiagram(source: string, place: RefObject<HTMLElement | null>): DiagramState {
  const theme = useDocumentTheme();
  const isNear = useIsNear(place);
  const [attempt, setAttempt] = useState(0);
  const [drawn, setDrawn] = useState<{ readonly source: string; readonly result: DiagramResult }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is another drawing
  useEffect(() => {
    if (!isNear) return;
    const leaving = new AbortController();
    void painter.draw(source, theme, leaving.signal).then((result) => {
      if (!leaving.signal.aborted) setDrawn({ source, result });
    });
    return () => leaving.abort();
  }, [isNear, source, theme, attempt]);
  const retry = () => {
    setDrawn(undefined);
    setAttempt((count) => count + 1);
  };
  const before = drawn?.source === source ? drawn.result : undefined;
  return { result: painter.recall(source, theme) ?? before, retry };
}

function useIsNear(place: RefObject<HTMLElement | null>): boolean {
  const [isNear, setIsNear] = useState(false);
  useEffect(() => {
    if (!place.current || isNear) return;
    const root = place.current.closest('.thread-scroller');
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && setIsNear(true), { root, rootMargin: ahead });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [place, isNear]);
  return isNear;
}

function useDocumentTheme(): DiagramTheme {
  return useSyncExternalStore(watchTheme, documentTheme, () => 'light');
}

function watchTheme(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}

const documentTheme = (): DiagramTheme => (document.documentElement.dataset['theme'] === 'dark' ? 'dark' : 'light');
