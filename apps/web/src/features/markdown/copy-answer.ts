import { writeClipboard } from './clipboard.ts';

/** An answer on the clipboard: its Markdown for plain fields, formatted text for rich ones. */
export function copyAnswer(markdown: string): Promise<void> {
  return writeClipboard(markdown, richHtml(markdown));
}

async function richHtml(markdown: string): Promise<string> {
  const { markdownToHtml } = await import('./markdown-to-html.ts');
  return markdownToHtml(markdown);
}
