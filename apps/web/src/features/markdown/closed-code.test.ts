import type { Code } from 'mdast';
import { expect, test } from 'vitest';
import { isFinishedDiagram } from './closed-code.ts';
import { MarkdownDocument } from './markdown-document.ts';
import { parseMarkdown } from './parse-markdown.ts';

function codesIn(markdown: string): Code[] {
  const found: Code[] = [];
  JSON.stringify(parseMarkdown(markdown), (_key, value: Code | undefined) => {
    if (value?.type === 'code') found.push(value);
    return value;
  });
  return found;
}

test.each([
  ['```mermaid\npie\n```', true],
  ['```Mermaid title\npie\n```\n\nещё', true],
  ['````mermaid\npie\n````', true],
  ['~~~mermaid\npie\n~~~', true],
  ['- пункт\n\n  ```mermaid\n  pie\n  ```\n', true],
  ['> ```mermaid\n> pie\n> ```', true],
  ['```mermaid\npie\n', false],
  ['```mermaid\npie\n``', false],
  ['````mermaid\npie\n```', false],
  ['```mermaid\npie\n~~~', false],
  ['> ```mermaid\n> pie\n\nконец цитаты', false],
  ['```mermaid\n\n```', false],
  ['```mermaidjs\npie\n```', false],
  ['```ts\nmermaid\n```', false],
])('%j can be drawn: %s', (markdown, isFinished) => {
  const codes = codesIn(markdown);
  expect(codes).toHaveLength(1);
  expect(codes.map(isFinishedDiagram)).toEqual([isFinished]);
});

test('while it is written a diagram is code, and it is drawn from the moment its fence has closed', () => {
  const text = 'Вот:\n\n```mermaid\npie\n  "a" : 1\n```\n\nИ дальше.';
  const document = new MarkdownDocument();
  const firstDrawn = Array.from(text, (_letter, index) => index + 1).find((end) => {
    document.update(text.slice(0, end));
    const nodes = document.groups.flatMap(({ blocks }) => blocks.map(({ node }) => node));
    return nodes.some((node) => node.type === 'code' && isFinishedDiagram(node));
  });
  expect(text.slice(0, firstDrawn)).toMatch(/```$/);
});
