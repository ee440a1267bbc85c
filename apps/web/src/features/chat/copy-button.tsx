import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { useServices } from '../../app/services-context.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { useTexts } from '../preferences/use-texts.ts';

interface CopyButtonProps {
  readonly label: string;
  readonly copy: () => Promise<void>;
}

const copiedMs = 1_500;

/** Says that it is done, to the eye and to a screen reader. */
export function CopyButton({ label, copy }: CopyButtonProps) {
  const t = useTexts();
  const { notices } = useServices();
  const [isCopied, setIsCopied] = useState(false);
  const onClick = async () => {
    try {
      await copy();
      setIsCopied(true);
      window.setTimeout(() => setIsCopied(false), copiedMs);
    } catch {
      notices.failure(t.copy_failed());
    }
  };
  return (
    <>
      <IconButton label={label} size="small" onClick={() => void onClick()}>
        {isCopied ? <Check size={15} aria-hidden /> : <Copy size={15} aria-hidden />}
      </IconButton>
      <span role="status" className="sr-only">
        {isCopied ? t.copied() : ''}
      </span>
    </>
  );
}
