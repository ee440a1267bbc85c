import { Copy } from 'lucide-react';
import { useLayoutEffect, useRef, useState } from 'react';
import { IconButton } from '../../ui/icon-button.tsx';
import { useTexts } from '../preferences/use-texts.ts';
import { useFormulaPainter } from './formula-painter.ts';
import { CopyStatus, useCopy } from './use-copy.tsx';

interface FormulaProps {
  readonly tex: string;
  readonly isBlock: boolean;
}

/** A formula, or its source until it can be drawn. While it is being written the last good picture stays. */
export function Formula({ tex, isBlock }: FormulaProps) {
  const target = useRef<HTMLSpanElement>(null);
  const [isDrawn, setIsDrawn] = useState(false);
  const paint = useFormulaPainter();
  useLayoutEffect(() => {
    const picture = paint?.(tex, isBlock);
    if (!picture || !target.current) return;
    target.current.replaceChildren(...picture.childNodes);
    setIsDrawn(true);
  }, [paint, tex, isBlock]);
  const content = (
    <>
      {!isDrawn && <code className="formula-source">{tex}</code>}
      <span ref={target} hidden={!isDrawn} />
    </>
  );
  if (!isBlock) return <span className="formula">{content}</span>;
  return <FormulaFrame tex={tex}>{content}</FormulaFrame>;
}

function FormulaFrame({ tex, children }: { readonly tex: string; readonly children: React.ReactNode }) {
  const t = useTexts();
  const copy = useCopy();
  return (
    <div className="formula-block" dir="ltr">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <section className="md-scroll" tabIndex={0} aria-label={t.markdown_formula()}>
        {children}
      </section>
      <IconButton
        label={copy.state === 'copied' ? t.markdown_copied() : t.markdown_formula_copy()}
        size="small"
        className="formula-copy"
        onClick={() => copy.copy(tex)}
      >
        <Copy size={15} aria-hidden />
      </IconButton>
      <CopyStatus state={copy.state} />
    </div>
  );
}
