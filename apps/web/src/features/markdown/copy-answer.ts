import { writeClipboard } from './clipboard.ts';

const hasFormula = /\$|\\[([]/;

/** An answer on the clipboard: its Markdown for plain fields, formatted text for rich ones. */
export function copyAnswer(markdown: string): Promise<void> {
  return writeClipboard(markdown, richHtml(markdown));
}

async function richHtml(markdown: string): Promise<string> {
  const { markdownToHtml } = await import('./markdown-to-html.ts');
  // Without what draws formulas their source is copied.
  const painter = hasFormula.test(markdown) ? await import('./katex-painter.ts').catch(() => undefined) : undefined;
  return markdownToHtml(markdown, painter?.formulaToMathMl);
}
