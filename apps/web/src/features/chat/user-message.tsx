import { useTexts } from '../preferences/use-texts.ts';

interface UserMessageProps {
  readonly text: string;
  readonly isSending?: boolean | undefined;
}

export function UserMessage({ text, isSending }: UserMessageProps) {
  const t = useTexts();
  return (
    <article className="question" data-sending={isSending || undefined}>
      <h2 className="sr-only">{t.author_you()}</h2>
      <div className="bubble" dir="auto">
        {text}
      </div>
    </article>
  );
}
