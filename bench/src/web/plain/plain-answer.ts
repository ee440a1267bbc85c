/// <reference lib="dom" />
import { createElement, useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import ReactMarkdown from 'react-markdown';
import remarkGfm from 'remark-gfm';

/** What most chats do: the whole text is parsed and drawn again, once per frame. */
let text = '';
let listener = (): void => undefined;
const plugins = [remarkGfm];

function Answer() {
  const shown = useSyncExternalStore(
    (changed) => {
      listener = changed;
      return () => undefined;
    },
    () => text,
  );
  return createElement('div', { className: 'md' }, createElement(ReactMarkdown, { remarkPlugins: plugins }, shown));
}

async function stream(length: number): Promise<void> {
  Object.assign(window, { benchIsOver: false });
  const response = await fetch(`/answer?length=${length}`);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let arrived = '';
  let isDue = false;
  for (;;) {
    const piece = await reader?.read();
    if (piece?.value === undefined) break;
    arrived += piece.value;
    if (isDue) continue;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      text = arrived;
      listener();
    });
  }
  requestAnimationFrame(() => setTimeout(() => Object.assign(window, { benchIsOver: true })));
}

Object.assign(window, { benchIsOver: false, benchStream: (length: number): void => void stream(length) });
const root = document.getElementById('root');
if (root) createRoot(root).render(createElement(Answer));
