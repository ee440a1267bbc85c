import { Copy, TextQuote } from 'lucide-react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useServices } from '../../app/services-context.ts';
import '../../app/selection.css';
import type { Command } from '../commands/command-registry.ts';
import { shortcuts } from '../commands/shortcuts.ts';
import { useCommands } from '../commands/use-commands.ts';
import { writeClipboard } from '../markdown/clipboard.ts';
import { useTexts } from '../preferences/use-texts.ts';
import { quoteAfter } from './quote-draft.ts';
import { SelectedPiece } from './selected-piece.ts';
import { toolbarPlace } from './toolbar-place.ts';
import { useSelectedPiece } from './use-selected-piece.ts';

/** Beside what is selected in an answer: quote it in the next message, or copy it. */
export function SelectionTools() {
  const t = useTexts();
  const { notices, preferences } = useServices();
  const hasCharacterKeys = useStore(preferences, (state) => state.hasCharacterKeys);
  const { piece, dismiss } = useSelectedPiece();
  useCopyEvent();
  const quote = () => {
    if (!piece) return;
    quoteInComposer(piece.text);
    dismiss();
  };
  const copy = () => {
    if (!piece) return;
    void writeClipboard(piece.text, Promise.resolve(piece.html)).then(
      () => notices.done(t.copied()),
      () => notices.failure(t.copy_failed()),
    );
    dismiss();
  };
  useSelectionCommands({ isSelected: piece !== undefined, quote, dismiss });
  if (!piece) return null;
  return (
    <Toolbar piece={piece}>
      <button type="button" className="selection-tool" aria-keyshortcuts={hasCharacterKeys ? 'Q' : undefined} onClick={quote}>
        <TextQuote size={16} aria-hidden />
        {t.selection_quote()}
      </button>
      <button type="button" className="selection-tool" onClick={copy}>
        <Copy size={15} aria-hidden />
        {t.selection_copy()}
      </button>
    </Toolbar>
  );
}

function Toolbar({ piece, children }: { readonly piece: SelectedPiece; readonly children: React.ReactNode }) {
  const t = useTexts();
  const bar = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<ReturnType<typeof toolbarPlace>>();
  useLayoutEffect(() => {
    const put = () => setPlace(bar.current ? placeOf(piece, bar.current) : undefined);
    put();
    const events = new AbortController();
    window.addEventListener('resize', put, { signal: events.signal });
    document.addEventListener('scroll', put, { capture: true, passive: true, signal: events.signal });
    return () => events.abort();
  }, [piece]);
  return (
    <div
      ref={bar}
      role="toolbar"
      aria-label={t.selection_tools()}
      className="selection-tools"
      data-hidden={!place || undefined}
      style={place}
      // The selection must outlive the press.
      onPointerDown={(event) => event.preventDefault()}
    >
      {children}
    </div>
  );
}

function placeOf({ box }: SelectedPiece, bar: HTMLElement): ReturnType<typeof toolbarPlace> {
  const frame = document.querySelector('.thread-scroller')?.getBoundingClientRect();
  if (!frame) return undefined;
  const { left, top, right, bottom } = frame;
  const isTouch = window.matchMedia('(pointer: coarse)').matches;
  return toolbarPlace(box, { width: bar.offsetWidth, height: bar.offsetHeight }, { left, top, right, bottom, isTouch });
}

/** The browser's own copying, by key or menu, of what it would copy badly. */
function useCopyEvent(): void {
  useEffect(() => {
    const onCopy = (event: ClipboardEvent) => {
      const piece = event.defaultPrevented ? undefined : SelectedPiece.now();
      if (!piece?.isSpecial || !event.clipboardData) return;
      event.preventDefault();
      piece.fill(event.clipboardData);
    };
    document.addEventListener('copy', onCopy);
    return () => document.removeEventListener('copy', onCopy);
  }, []);
}

interface SelectionActs {
  readonly isSelected: boolean;
  readonly quote: () => void;
  readonly dismiss: () => void;
}

function useSelectionCommands(acts: SelectionActs): void {
  const t = useTexts();
  const now = useRef(acts);
  useLayoutEffect(() => {
    now.current = acts;
  });
  const { isSelected } = acts;
  const list = useMemo((): readonly Command[] => {
    if (!isSelected) return [];
    return [
      {
        id: 'quote',
        group: 'answer',
        title: t.command_quote,
        icon: TextQuote,
        shortcuts: [shortcuts.quote],
        run: () => now.current.quote(),
      },
      // Before what Esc does to the answer.
      {
        id: 'close-selection',
        group: 'answer',
        title: t.close,
        shortcuts: [shortcuts.stop],
        isKeyOnly: true,
        run: () => now.current.dismiss(),
      },
    ];
  }, [t, isSelected]);
  useCommands(list);
}

/** The field's own value is the draft; it learns of the change as if it were typed. */
function quoteInComposer(text: string): void {
  const field = document.getElementById('composer');
  if (!(field instanceof HTMLTextAreaElement)) return;
  const { length } = field.value;
  field.focus();
  field.setRangeText(quoteAfter(field.value, text), length, length, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  field.scrollTop = field.scrollHeight;
}
