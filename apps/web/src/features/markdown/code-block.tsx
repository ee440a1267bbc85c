import { Check, Copy, Download, TextWrap } from 'lucide-react';
import { useMemo, useState } from 'react';
import { IconButton } from '../../ui/icon-button.tsx';
import { useTexts } from '../preferences/use-texts.ts';
import { codeFileName } from './code-file-name.ts';
import { findLanguage } from './code-languages.ts';
import { HighlightedCode } from './highlighted-code.tsx';
import { CopyStatus, useCopy } from './use-copy.tsx';

interface CodeBlockProps {
  readonly code: string;
  /** What stands after the opening fence. */
  readonly info: string;
}

export function CodeBlock({ code, info }: CodeBlockProps) {
  const t = useTexts();
  const [isWrapped, setIsWrapped] = useState(false);
  const copy = useCopy();
  const language = useMemo(() => findLanguage(info), [info]);
  return (
    <figure className="code-block" dir="ltr">
      <figcaption className="code-head">
        <span className="code-language">{language.label || t.markdown_code()}</span>
        <CopyStatus state={copy.state} />
        <IconButton
          label={t.markdown_wrap()}
          size="small"
          aria-pressed={isWrapped}
          onClick={() => setIsWrapped((wasWrapped) => !wasWrapped)}
        >
          <TextWrap size={16} aria-hidden />
        </IconButton>
        <IconButton label={t.markdown_download()} size="small" onClick={() => download(code, codeFileName(code, language))}>
          <Download size={16} aria-hidden />
        </IconButton>
        <IconButton
          label={copy.state === 'copied' ? t.markdown_copied() : t.markdown_code_copy()}
          size="small"
          onClick={() => copy.copy(code)}
        >
          {copy.state === 'copied' ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
        </IconButton>
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <section className="code-scroll" tabIndex={0} aria-label={t.markdown_code_label({ language: language.label })}>
        <pre data-language={language.id} data-wrapped={isWrapped || undefined}>
          <HighlightedCode code={code} language={language.id} />
        </pre>
      </section>
    </figure>
  );
}

function download(code: string, name: string): void {
  const url = URL.createObjectURL(new Blob([code], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
