import katex from 'katex';
import 'katex/dist/katex.min.css';
import type { FormulaPainter } from './formula-painter.ts';

/** Drawn aside and by the DOM: KaTeX's markup has inline styles, which the page's policy forbids as text. */
export const paintFormula: FormulaPainter = (tex, isBlock) => {
  const aside = document.createElement('span');
  try {
    katex.render(tex, aside, { displayMode: isBlock, throwOnError: true, strict: 'ignore', trust: false, maxSize: 20, maxExpand: 500 });
  } catch {
    return undefined;
  }
  return aside;
};
