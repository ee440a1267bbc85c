import { expect, test } from 'vitest';
import { MarkdownDocument } from './markdown-document.ts';
import { mendTail } from './mend-tail.ts';
import { parseMarkdown } from './parse-markdown.ts';

function formulas(nodes: unknown): string[] {
  const found: string[] = [];
  JSON.stringify(nodes, (_key, value: { type?: string; value?: string } | null) => {
    if (value?.type === 'inlineMath') found.push(`inline: ${value.value?.trim()}`);
    if (value?.type === 'math') found.push(`block: ${value.value?.trim()}`);
    return value;
  });
  return found;
}

test.each([
  ['Пусть \\(x^2\\), тогда', ['inline: x^2']],
  ['\\( a_1 + b \\) и \\(c\\).', ['inline: a_1 + b', 'inline: c']],
  ['\\(a\nb\\)', ['inline: a\nb']],
  ['\\(a \\\\ (b)\\)', ['inline: a \\\\ (b)']],
  ['Итого \\[x\\] в строке', ['inline: x']],
  ['\\[ x = 1 \\]', ['block: x = 1']],
  ['\\[\nx = 1\n\\]', ['block: x = 1']],
  ['\\[\na\n+ b\n- c\n> 0\n\\]', ['block: a\n+ b\n- c\n> 0']],
  ['Тогда\n\\[\nx\n\\]\nгде', ['block: x']],
  ['Тогда\n\\[ x \\]\nгде', ['block: x']],
  ['1. Пункт:\n   \\[\n   x\n   \\]\n2. Ещё', ['block: x']],
  ['> \\[\n> x\n> \\]', ['block: x']],
  ['\\[\nx\n\\],\n\nгде', ['block: x\n,']],
  ['\\[x\\] и текст', ['inline: x']],
  ['\\begin{aligned} a \\end{aligned}', []],
  ['`\\(x\\)` и ``\\[x\\]``', []],
  ['```\n\\[\nx\n\\]\n```', []],
  ['\\\\(x\\\\)', []],
  ['\\(не закрыто', []],
  ['\\[не закрыто\n\n- список', []],
  ['> \\[\n> x\n\nконец \\]', []],
])('%j holds %j', (markdown, expected) => {
  expect(formulas(parseMarkdown(markdown))).toEqual(expected);
});

test('a bracket without its end spoils nothing after it', () => {
  expect(parseMarkdown('\\[ начало\n\n- пункт\n\n# Заголовок').children.map(({ type }) => type)).toEqual(['paragraph', 'list', 'heading']);
});

test.each([
  ['пусть \\(x_1 + [0', 'пусть \\(x_1 + [0 \\)'],
  ['пусть \\(', 'пусть'],
  ['пусть \\(x\\', 'пусть \\(x \\)'],
  ['пусть \\', 'пусть'],
  ['\\[\n\\left[ a', '\\[\n\\left[ a \\]'],
  ['- \\[ a', '- \\[ a \\]'],
  ['\\(a_1\\) и **важ', '\\(a_1\\) и **важ**'],
  ['\\(a_1 b\\) и', '\\(a_1 b\\) и'],
  ['код `\\(` и **x', 'код `\\(` и **x**'],
  ['```tex\n\\[ a', '```tex\n\\[ a'],
  ['\\[ a\n\nдальше', '\\[ a\n\nдальше'],
])('the unfinished %j is shown as %j', (text, mended) => {
  expect(mendTail(text)).toBe(mended);
});

test('while it is written, no bracket of a formula is seen', () => {
  const text = 'Пусть \\(x_1 = \\frac{a}{b}\\) и\n\n\\[\n\\sum_{i=1}^n i = \\left[ c \\right]\n\\]\n\nвсё.';
  const document = new MarkdownDocument();
  for (let end = 1; end <= text.length; end += 1) {
    document.update(text.slice(0, end));
    const seen = JSON.stringify(document.groups, (key, value: unknown) => (key === 'source' || key === 'data' ? undefined : value));
    expect(seen).not.toMatch(/"type":"text","value":"[^"]*[\\()[\]]/);
  }
});
