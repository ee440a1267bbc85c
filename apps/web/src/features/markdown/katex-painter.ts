import katex from 'katex';
import 'katex/dist/katex.min.css';

export type PaintedFormula =
  | { readonly picture: Element; readonly error?: undefined }
  /** Wrong, or not all there. */
  | { readonly picture?: undefined; readonly error: string };

const options = { throwOnError: true, strict: 'ignore', trust: false, maxSize: 20, maxExpand: 500 } as const;

/** Drawn aside and by the DOM: KaTeX's markup has inline styles, which the page's policy forbids as text. */
export function paintFormula(tex: string, isBlock: boolean): PaintedFormula {
  const aside = document.createElement('span');
  try {
    katex.render(tex, aside, { ...options, displayMode: isBlock });
  } catch (error) {
    return { error: error instanceof Error ? error.message.replace(/^KaTeX parse error: /, '') : String(error) };
  }
  return { picture: aside };
}

/** For the clipboard: word processors take it for a formula of their own. */
export function formulaToMathMl(tex: string, isBlock: boolean): string | undefined {
  try {
    const markup = katex.renderToString(tex, { ...options, displayMode: isBlock, output: 'mathml' });
    return /<math[\s\S]*<\/math>/.exec(markup)?.[0];
  } catch {
    return undefined;
  }
}
