import { Code, Lightbulb, Map as MapIcon, PenLine } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTexts } from '../preferences/use-texts.ts';

interface EmptyChatProps {
  readonly onStart: (text: string) => void;
  /** Stands above the ways to begin. */
  readonly children?: ReactNode;
}

/** An invitation: one question and four ways to begin. */
export function EmptyChat({ onStart, children }: EmptyChatProps) {
  const t = useTexts();
  return (
    <div className="empty-chat">
      <p className="empty-title">{t.empty_title()}</p>
      {children}
      <Starters onStart={onStart} />
    </div>
  );
}

export function Starters({ onStart }: { readonly onStart: (text: string) => void }) {
  const t = useTexts();
  const starters = [
    { icon: PenLine, title: t.starter_letter(), text: t.starter_letter_text() },
    { icon: Lightbulb, title: t.starter_explain(), text: t.starter_explain_text() },
    { icon: MapIcon, title: t.starter_plan(), text: t.starter_plan_text() },
    { icon: Code, title: t.starter_code(), text: t.starter_code_text() },
  ];
  return (
    <ul aria-label={t.starters_label()} className="starters">
      {starters.map(({ icon: Icon, title, text }) => (
        <li key={title}>
          <button type="button" className="starter" onClick={() => onStart(text)}>
            <Icon size={18} aria-hidden className="mt-0.5 shrink-0 text-accent" />
            <span>
              <span className="block font-medium">{title}</span>
              <span className="starter-text">{text}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
