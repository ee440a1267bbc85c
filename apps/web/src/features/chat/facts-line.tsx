import type { MessageDto } from '@multimodel/contract';
import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { useServices } from '../../app/services-context.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { useLanguage, useTexts } from '../preferences/use-texts.ts';
import { factsOf } from './facts.ts';

interface FactsLineProps {
  readonly message: MessageDto;
  readonly modelName: string | undefined;
}

const copiedMs = 1_500;

export function FactsLine({ message, modelName }: FactsLineProps) {
  const t = useTexts();
  const facts = factsOf(message, modelName, useLanguage());
  return (
    <div className="facts">
      {message.text !== '' && <CopyButton text={message.text} />}
      <ul aria-label={t.facts_label()} className="facts-list">
        {facts.map(({ key, text, hint }) => (
          <li key={key} title={hint}>
            {text}
          </li>
        ))}
      </ul>
    </div>
  );
}

function CopyButton({ text }: { readonly text: string }) {
  const t = useTexts();
  const { notices } = useServices();
  const [isCopied, setIsCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setIsCopied(true);
      window.setTimeout(() => setIsCopied(false), copiedMs);
    } catch {
      notices.failure(t.copy_failed());
    }
  };
  return (
    <IconButton label={isCopied ? t.copied() : t.copy_answer()} size="small" onClick={() => void copy()}>
      {isCopied ? <Check size={15} aria-hidden /> : <Copy size={15} aria-hidden />}
    </IconButton>
  );
}
