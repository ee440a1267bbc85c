import { memo, useEffect, useLayoutEffect, useRef, useState } from 'react';
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

/**
 * Lines that are finished: put into the page without React, which would keep several objects for every word of them.
 * The line that is there stays what it is, also when others come after it.
 */
const CodeChunk = memo(function CodeChunk({ lines }: { readonly lines: readonly TokenLine[] }) {
  const target = useRef<HTMLSpanElement>(null);
  const shown = useRef<readonly TokenLine[]>([]);
  useLayoutEffect(() => {
    if (target.current) showLines(target.current, shown.current, lines);
    shown.current = lines;
  }, [lines]);
  return <span ref={target} />;
});

function showLines(target: HTMLElement, before: readonly TokenLine[], lines: readonly TokenLine[]): void {
  const changed = lines.findIndex((line, index) => line !== before[index]);
  const kept = changed === -1 ? lines.length : changed;
  while (target.childNodes.length > kept) target.lastChild?.remove();
  target.append(...lines.slice(kept).map(lineElement));
}

function lineElement(line: TokenLine): HTMLElement {
  const element = document.createElement('span');
  element.append(...line.map(tokenNode), '\n');
  return element;
}

function tokenNode(token: Token): Node | string {
  if (typeof token === 'string') return token;
  const [text, kind] = token;
  const element = document.createElement('span');
  element.dataset['token'] = kind;
  element.textContent = text;
  return element;
}

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
