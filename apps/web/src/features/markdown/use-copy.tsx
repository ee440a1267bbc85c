import { useEffect, useState } from 'react';
import { useTexts } from '../preferences/use-texts.ts';
import { writeClipboard } from './clipboard.ts';

export type CopyState = 'idle' | 'copied' | 'failed';

const shownMs = 2_000;

export function useCopy(): { readonly state: CopyState; readonly copy: (text: string) => void } {
  const [state, setState] = useState<CopyState>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = window.setTimeout(() => setState('idle'), shownMs);
    return () => window.clearTimeout(timer);
  }, [state]);
  const copy = (text: string) => {
    void writeClipboard(text).then(
      () => setState('copied'),
      () => setState('failed'),
    );
  };
  return { state, copy };
}

/** Says what became of it, to the ear always. */
export function CopyStatus({ state, isVisible }: { readonly state: CopyState; readonly isVisible?: boolean }) {
  const t = useTexts();
  return (
    <span role="status" className={isVisible ? 'copy-status' : 'sr-only'}>
      {state === 'copied' && t.markdown_copied()}
      {state === 'failed' && t.markdown_copy_failed()}
    </span>
  );
}
