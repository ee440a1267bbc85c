import { type ComponentType, memo, useSyncExternalStore } from 'react';

interface AnswerBodyProps {
  readonly text: string;
  readonly isLive: boolean;
}

let markdownView: ComponentType<AnswerBodyProps> | undefined;
let isLoading = false;
const listeners = new Set<() => void>();

/** What draws Markdown is not a part of the first load: the page is usable before the first answer is there. */
async function load(): Promise<void> {
  if (isLoading || markdownView) return;
  isLoading = true;
  try {
    const { MarkdownView } = await import('../markdown/markdown-view.tsx');
    markdownView = MarkdownView;
    for (const listener of listeners) listener();
  } catch {
    // The server is away, or was updated: the text is readable as it is, the next answer tries again.
  } finally {
    isLoading = false;
  }
}

// A chat that is opened by its address has answers: what draws them comes together with them.
if (typeof location === 'object' && location.pathname.startsWith('/chat/')) void load();
// Once the page rests, so that it is normally there before somebody has asked something.
if (typeof requestIdleCallback === 'function') requestIdleCallback(() => void load(), { timeout: 3_000 });

function subscribe(listener: () => void): () => void {
  void load();
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether answers are drawn as they will stay. */
export const useIsRendererThere = (): boolean => useSyncExternalStore(subscribe, () => markdownView !== undefined);

/** The text of an answer: as plain paragraphs until the renderer is there. */
export function AnswerBody(props: AnswerBodyProps) {
  const View = useSyncExternalStore(subscribe, () => markdownView);
  return View ? <View {...props} /> : <PlainAnswer {...props} />;
}

/** Paragraphs are separate so that a growing answer only touches its last one. */
function PlainAnswer({ text, isLive }: AnswerBodyProps) {
  return (
    <div className="answer-body" data-live={isLive || undefined}>
      {splitParagraphs(text).map((paragraph, index) => (
        // Paragraphs only ever grow at the end: their place is their identity.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <Paragraph key={index} text={paragraph} />
      ))}
    </div>
  );
}

const Paragraph = memo(function Paragraph({ text }: { readonly text: string }) {
  return <p dir="auto">{text}</p>;
});

function splitParagraphs(text: string): string[] {
  return text.split(/\n{2,}/);
}
