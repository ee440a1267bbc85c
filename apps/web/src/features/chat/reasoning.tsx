import { ChevronRight } from 'lucide-react';
import { useTexts } from '../preferences/use-texts.ts';

interface ReasoningProps {
  readonly text: string;
  readonly isLive: boolean;
}

/** How the model came to its answer, folded until somebody asks. */
export function Reasoning({ text, isLive }: ReasoningProps) {
  const t = useTexts();
  return (
    <details className="reasoning">
      <summary>
        <ChevronRight size={14} aria-hidden className="chevron" />
        {isLive ? t.reasoning_live() : t.reasoning_title()}
      </summary>
      <div className="reasoning-text" dir="auto">
        {text.split(/\n+/).map((paragraph, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs only grow at the end
          <p key={index}>{paragraph}</p>
        ))}
      </div>
    </details>
  );
}
