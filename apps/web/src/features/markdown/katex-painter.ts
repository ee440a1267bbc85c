import katex from 'katex';
import 'katex/dist/katex.min.css';

/** Drawn aside and by the DOM: KaTeX's markup has inline styles, which the page's policy forbids as text. Undefined when the formula is wrong or not all there. */
export function paintFormula(tex: string, isBlock: boolean): Element | undefined {
  const aside = document.createElement('span');
  try {
    katex.render(tex, aside, { displayMode: isBlock, throwOnError: true, strict: 'ignore', trust: false, maxSize: 20, maxExpand: 500 });
  } catch {
    return undefined;
  }
  return aside;
}
