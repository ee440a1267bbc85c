import { useEffect, useId, useLayoutEffect, useState, useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';
import '../../app/markdown.css';
import '../../app/markdown-code.css';
import '../../app/markdown-diagram.css';
import '../../app/markdown-table.css';
import { AnswerView, type AnswerViewDeps } from './answer-view.ts';
import { FootnotePrefix } from './footnote.tsx';
import { GroupView } from './markdown-blocks.tsx';

interface MarkdownViewProps {
  readonly text: string;
  readonly isLive: boolean;
}

const browser: AnswerViewDeps = {
  requestFrame: (callback) => {
    const frame = window.requestAnimationFrame(callback);
    return () => window.cancelAnimationFrame(frame);
  },
  now: () => performance.now(),
  commit: flushSync,
  isStill: () => document.hidden || window.matchMedia('(prefers-reduced-motion: reduce)').matches,
};

/** An answer as it is meant to be read. */
export function MarkdownView({ text, isLive }: MarkdownViewProps) {
  const [view] = useState(() => new AnswerView(browser, text, isLive));
  const groups = useSyncExternalStore(view.subscribe, view.groups, view.groups);
  useLayoutEffect(() => view.show(text, isLive), [view, text, isLive]);
  useEffect(() => {
    const showRest = () => view.settle();
    document.addEventListener('visibilitychange', showRest);
    return () => document.removeEventListener('visibilitychange', showRest);
  }, [view]);
  return (
    <FootnotePrefix value={useId()}>
      <div className="md" dir="auto" data-live={isLive || undefined}>
        {groups.map((group) => (
          <GroupView key={group.index} group={group} />
        ))}
      </div>
    </FootnotePrefix>
  );
}
