import { memo } from 'react';

interface AnswerBodyProps {
  readonly text: string;
  readonly isLive: boolean;
}

/** The text of an answer. Paragraphs are separate so that a growing answer only touches its last one. */
export function AnswerBody({ text, isLive }: AnswerBodyProps) {
  return (
    <div dir="auto" className="answer-body" data-live={isLive || undefined}>
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
