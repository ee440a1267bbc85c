import { Copy } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { IconButton } from '../../ui/icon-button.tsx';
import { useTexts } from '../preferences/use-texts.ts';
import { useFormulaPainter } from './formula-painter.ts';
import { CopyStatus, useCopy } from './use-copy.tsx';

interface FormulaProps {
  readonly tex: string;
  readonly isBlock: boolean;
}

/** How long the last good picture stands while the formula goes on being wrong. */
const patienceMs = 1_500;

/** A formula, or its source until it can be drawn. While it is being written the last good picture stays. */
export function Formula({ tex, isBlock }: FormulaProps) {
  const t = useTexts();
  const target = useRef<HTMLSpanElement>(null);
  const [isDrawn, setIsDrawn] = useState(false);
  const [error, setError] = useState<string>();
  const paint = useFormulaPainter();
  useLayoutEffect(() => {
    const painted = paint?.(tex, isBlock);
    setError(painted?.error);
    if (!painted?.picture || !target.current) return;
    target.current.replaceChildren(...painted.picture.childNodes);
    setIsDrawn(true);
  }, [paint, tex, isBlock]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the patience begins anew with each piece of the formula
  useEffect(() => {
    if (error === undefined) return;
    const timer = window.setTimeout(() => setIsDrawn(false), patienceMs);
    return () => window.clearTimeout(timer);
  }, [error, tex]);
  const content = (
    <>
      {!isDrawn && (
        <code className="formula-source" title={error && t.markdown_formula_wrong({ error })}>
          {tex.trim()}
        </code>
      )}
      <span ref={target} hidden={!isDrawn} />
    </>
  );
  if (isBlock) return <FormulaFrame tex={tex}>{content}</FormulaFrame>;
  return (
    <span className="formula" data-tex={tex.trim()}>
      {content}
    </span>
  );
}

function FormulaFrame({ tex, children }: { readonly tex: string; readonly children: React.ReactNode }) {
  const t = useTexts();
  const copy = useCopy();
  return (
    <div className="formula-block" dir="ltr" data-tex={tex.trim()}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <section className="md-scroll" tabIndex={0} aria-label={t.markdown_formula()}>
        {children}
      </section>
      <IconButton
        label={copy.state === 'copied' ? t.markdown_copied() : t.markdown_formula_copy()}
        size="small"
        className="formula-copy"
        onClick={() => copy.copy(tex.trim())}
      >
        <Copy size={15} aria-hidden />
      </IconButton>
      <CopyStatus state={copy.state} />
    </div>
  );
}
