import { memo, useEffect, useRef, useState } from 'react';
import type { LanguageId } from './code-languages.ts';
import { HighlightMemory } from './highlight-memory.ts';
import { highlightPort } from './highlight-port.ts';
import type { Token, TokenLine } from './highlight-protocol.ts';
import { HighlightSession, notHighlighted } from './highlight-session.ts';

const memory = new HighlightMemory();

interface HighlightedCodeProps {
  readonly code: string;
  readonly language: LanguageId | undefined;
}

/** The code: coloured as far as the highlighter has come, plain after that. */
export function HighlightedCode({ code, language }: HighlightedCodeProps) {
  const [highlighted, setHighlighted] = useState(() => memory.recall(language, code));
  const session = useRef<HighlightSession>(undefined);

  useEffect(() => {
    if (language === undefined) return;
    const block = {};
    const opened = new HighlightSession(highlightPort(), language, (now) => {
      memory.remember(block, language, now);
      setHighlighted(now);
    });
    session.current = opened;
    return () => {
      opened.close();
      session.current = undefined;
    };
  }, [language]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new session begins with the code that is there
  useEffect(() => session.current?.update(code), [code, language]);

  const { source, chunks, tail } = code.startsWith(highlighted.source) ? highlighted : notHighlighted;
  return (
    <code>
      {chunks.map((lines, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: code only grows at the end
        <CodeChunk key={index} lines={lines} />
      ))}
      {tail.map(renderToken)}
      {code.slice(source.length)}
    </code>
  );
}

const CodeChunk = memo(function CodeChunk({ lines }: { readonly lines: readonly TokenLine[] }) {
  return lines.map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: lines only grow at the end
    <span key={index}>
      {line.map(renderToken)}
      {'\n'}
    </span>
  ));
});

/** A token's place in its line is its identity. */
function renderToken(token: Token, index: number) {
  if (typeof token === 'string') return token;
  const [text, kind] = token;
  return (
    <span key={index} data-token={kind}>
      {text}
    </span>
  );
}
