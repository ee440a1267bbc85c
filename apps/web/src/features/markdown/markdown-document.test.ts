import fc from 'fast-check';
import type { RootContent } from 'mdast';
import { expect, test } from 'vitest';
import { MarkdownDocument } from './markdown-document.ts';
import { mendTail } from './mend-tail.ts';
import { parseMarkdown } from './parse-markdown.ts';
import { sampleAnswer, sampleParts } from './testing/sample-answer.fixture.ts';

/** A tree without the places in the text, which depend on where parsing began. */
const shape = (nodes: readonly RootContent[]): unknown =>
  JSON.parse(JSON.stringify(nodes, (key, value: unknown) => (key === 'position' ? undefined : value)));

const blocksOf = (document: MarkdownDocument) => document.groups.flatMap(({ blocks }) => blocks);
const nodesOf = (document: MarkdownDocument) => blocksOf(document).map(({ node }) => node);

function stream(text: string, sizes: readonly number[]): MarkdownDocument {
  const document = new MarkdownDocument();
  for (let end = 0, at = 0; end < text.length; at += 1) {
    end += sizes[at % sizes.length] ?? 1;
    document.update(text.slice(0, end));
  }
  document.finish(text);
  return document;
}

test('an answer in pieces of any size ends as if it had come at once', () => {
  const answer = fc.array(fc.constantFrom(...sampleParts), { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''));
  const sizes = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(answer, sizes, (text, chunks) => {
      const document = stream(text, chunks);
      expect(shape(nodesOf(document))).toEqual(shape(parseMarkdown(text).children));
      expect(blocksOf(document).map(({ index }) => index)).toEqual(nodesOf(document).map((_node, index) => index));
    }),
    { numRuns: 30, seed: 7 },
  );
});

test('letter by letter as well', () => {
  const text = sampleParts.join('');
  expect(shape(nodesOf(stream(text, [1])))).toEqual(shape(parseMarkdown(text).children));
});

test.each([
  ['a footnote', 'Так[^1] и так.\n\nДальше.\n\nЕщё.\n\nИ ещё.\n\n[^1]: Сноска.\n'],
  ['a link by reference', 'Вот [сайт][1].\n\nДальше.\n\nЕщё.\n\nИ ещё.\n\n[1]: https://ya.ru\n'],
  ['two lists in a row', '- a\n\n- b\n\n\n1. c\n\n2. d\n\nконец\n\nсовсем\n\nвсё'],
  ['a fence in a fence', '````md\n```js\nx\n```\n````\n\nпосле\n\nещё\n'],
  ['an open fence', 'до\n\nтекст\n\n```js\nconst a = 1;\n\nконец'],
  ['html over blank lines', '<!-- a\n\nb\n\nc\n\nd -->\n\nдальше\n\nещё'],
  ['windows line ends', 'a\r\n\r\nb\r\n\r\n```\r\nx\r\n```\r\n\r\nc\r\n\r\nd'],
])('%s', (_name, text) => {
  for (const size of [1, 3, 7, 50]) expect(shape(nodesOf(stream(text, [size])))).toEqual(shape(parseMarkdown(text).children));
});

test('the cost of an update does not grow with the answer', () => {
  const cost = (length: number) => {
    const text = sampleAnswer(length);
    const document = stream(text, [12]);
    return document.parsedCharacters / text.length;
  };
  const [short, long] = [cost(6_000), cost(30_000)];
  expect(short).toBeLessThan(80);
  expect(long).toBeLessThan(short * 1.2);
});

test('a long code block is parsed once, not once per line', () => {
  const text = `Вот код:\n\n\`\`\`ts\n${'const x = 1;\n'.repeat(2_000)}\`\`\`\n`;
  expect(stream(text, [10]).parsedCharacters).toBeLessThan(text.length * 4);
});

test('what stands keeps its identity, frozen groups are final', () => {
  const text = sampleAnswer(6_000);
  const document = new MarkdownDocument();
  const seen = new Map<number, unknown>();
  for (let end = 40; end <= text.length; end += 40) {
    document.update(text.slice(0, end));
    for (const group of document.groups.filter(({ isSettled }) => isSettled)) {
      expect(seen.get(group.index) ?? group).toBe(group);
      seen.set(group.index, group);
    }
  }
  expect(seen.size).toBeGreaterThan(1);
});

test('rows that are done are not made again', () => {
  const head = '| a | b |\n|---|---|\n';
  const document = new MarkdownDocument();
  const rows = () => {
    const table = nodesOf(document)[0];
    return table?.type === 'table' ? table.children : [];
  };
  document.update(`${head}| 1 | 2 |\n| 3 |`);
  const first = rows()[1];
  document.update(`${head}| 1 | 2 |\n| 3 | 4 |\n| 5`);
  expect(rows()[1]).toBe(first);
  expect(rows()).toHaveLength(4);
});

test('a text may be replaced by another one', () => {
  const document = new MarkdownDocument();
  document.update(sampleAnswer(3_000));
  const kept = nodesOf(document)[0];
  const other = `${sampleParts[0]}Совсем **другое** окончание.\n`;
  document.update(other);
  expect(nodesOf(document)[0]).toBe(kept);
  document.finish(other);
  expect(shape(nodesOf(document))).toEqual(shape(parseMarkdown(other).children));
});

test.each([
  ['Это **важ', 'Это **важ**'],
  ['вот `код', 'вот `код`'],
  ['$$\n\\left[ a', '$$\n\\left[ a\n$$'],
  ['```js\na[i', '```js\na[i'],
  ['пусть $a_i[0', 'пусть $a_i[0$'],
  ['цена 5 $ и **10', 'цена 5 $ и **10**'],
  ['переменная $HOME и дальше', 'переменная $HOME и дальше'],
])('the unfinished %j is shown as %j', (text, mended) => {
  expect(mendTail(text)).toBe(mended);
});
