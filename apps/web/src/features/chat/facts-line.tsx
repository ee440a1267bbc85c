import type { MessageDto } from '@multimodel/contract';
import { useLanguage, useTexts } from '../preferences/use-texts.ts';
import { factsOf } from './facts.ts';

interface FactsLineProps {
  readonly message: MessageDto;
  readonly modelName: string | undefined;
}

export function FactsLine({ message, modelName }: FactsLineProps) {
  const t = useTexts();
  const facts = factsOf(message, modelName, useLanguage());
  return (
    <ul aria-label={t.facts_label()} className="facts-list">
      {facts.map(({ key, text, hint }) => (
        <li key={key} title={hint}>
          {text}
        </li>
      ))}
    </ul>
  );
}
