import { createContext, type MouseEvent, type ReactNode, useContext } from 'react';
import { useTexts } from '../preferences/use-texts.ts';

/** Answers on one page each have a note 1. */
export const FootnotePrefix = createContext('');

function useAnchors(identifier: string) {
  const base = `${useContext(FootnotePrefix)}-${encodeURIComponent(identifier)}`;
  return { note: `note-${base}`, reference: `note-ref-${base}` };
}

/** Moves there without an entry in the history. */
function goTo(id: string) {
  return (event: MouseEvent) => {
    const target = document.getElementById(id);
    event.preventDefault();
    target?.scrollIntoView({ block: 'center' });
    target?.focus({ preventScroll: true });
  };
}

export function FootnoteReference({ identifier, label }: { readonly identifier: string; readonly label: string }) {
  const t = useTexts();
  const { note, reference } = useAnchors(identifier);
  return (
    <sup>
      <a id={reference} href={`#${note}`} onClick={goTo(note)} aria-label={t.markdown_footnote({ label })}>
        {label}
      </a>
    </sup>
  );
}

interface FootnoteProps {
  readonly identifier: string;
  readonly label: string;
  readonly children: ReactNode;
}

export function Footnote({ identifier, label, children }: FootnoteProps) {
  const t = useTexts();
  const { note, reference } = useAnchors(identifier);
  return (
    <div id={note} className="footnote" tabIndex={-1} dir="auto">
      <a href={`#${reference}`} onClick={goTo(reference)} aria-label={t.markdown_footnote_back({ label })}>
        {label}
      </a>
      <div>{children}</div>
    </div>
  );
}
