import { useEffect, useId, useLayoutEffect, useState, useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';
import '../../app/markdown.css';
import '../../app/markdown-code.css';
import '../../app/markdown-diagram.css';
import '../../app/markdown-table.css';
import { completeHead, splitHead } from './answer-head.ts';
import { AnswerView, type AnswerViewDeps } from './answer-view.ts';
import { FootnotePrefix } from './footnote.tsx';
import { GroupView } from './markdown-blocks.tsx';
import { definitionLines } from './parse-section.ts';
import { SectionView } from './section-view.tsx';

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

/** An answer as it is meant to be read. What is long is drawn from its end: what stands before is settled and comes when it is looked for. */
export function MarkdownView({ text, isLive }: MarkdownViewProps) {
  const [head, setHead] = useState(() => splitHead(text));
  if (!text.startsWith(head.text)) setHead(splitHead(text));
  else if (!isLive && head.sections.length > 0 && head.knows !== text) setHead(completeHead(head, text));
  const tail = text.slice(head.text.length);
  const [view] = useState(() => new AnswerView(browser, tail, isLive, definitionLines(head.sections[0]?.definitions ?? [])));
  const groups = useSyncExternalStore(view.subscribe, view.groups, view.groups);
  useLayoutEffect(() => view.show(tail, isLive), [view, tail, isLive]);
  useEffect(() => {
    const showRest = () => view.settle();
    document.addEventListener('visibilitychange', showRest);
    return () => document.removeEventListener('visibilitychange', showRest);
  }, [view]);
  return (
    <FootnotePrefix value={useId()}>
      {/* Each block has a direction of its own. Were there one here too, the browser would look through all of them whenever one is added. */}
      <div className="md" data-live={isLive || undefined}>
        {head.sections.map((section, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: sections are cut once, their place is their identity
          <SectionView key={`head-${index}`} section={section} />
        ))}
        {groups.map((group) => (
          <GroupView key={group.index} group={group} />
        ))}
      </div>
    </FootnotePrefix>
  );
}
