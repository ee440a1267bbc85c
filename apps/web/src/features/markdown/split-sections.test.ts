import fc from 'fast-check';
import type { RootContent } from 'mdast';
import { expect, test } from 'vitest';
import { completeHead, splitHead } from './answer-head.ts';
import { estimateHeight } from './estimate-height.ts';
import { parseMarkdown } from './parse-markdown.ts';
import { parseSection } from './parse-section.ts';
import { splitSections } from './split-sections.ts';
import { sampleAnswer, sampleParts } from './testing/sample-answer.fixture.ts';

/** A tree without the places in the text. */
const shape = (nodes: readonly RootContent[]): unknown =>
  JSON.parse(JSON.stringify(nodes, (key, value: unknown) => (key === 'position' ? undefined : value)));
const inSections = (text: string) => splitSections(text).flatMap((section) => parseSection(section).map(({ node }) => node));

const filler = `${'Длинный обычный абзац, после которого можно было бы разрезать. '.repeat(30)}\n\n`;

test('a realistic answer in sections is the answer', () => {
  const text = sampleAnswer(30_000);
  const sections = splitSections(text);
  expect(sections.length).toBeGreaterThan(10);
  expect(sections.map((section) => section.text).join('')).toBe(text);
  expect(shape(inSections(text))).toEqual(shape(parseMarkdown(text).children));
});

const awkward = [
  '- a\n\n- b\n\n  ```js\n  x\n\n  y\n  ```\n\n',
  '- ```js\n\nне код\n\n',
  '  ```\nкод\n\nтоже код\n  ```\n\n',
  '```\n~~~\n\nкод\n```\n\n',
  '````md\n```\n\nкод\n````\n\n',
  '$$\na\n\nb\n$$\n\n',
  '$$a + b$$\n\n',
  'текст\n$$\nx\n$$\n\n',
  '<!-- a\n\nb -->\n\n',
  '<div>\n\nне html\n\n</div>\n\n',
  '<pre>\na\n\nb\n</pre>\n\n',
  '> цитата\n\n> другая\n\n',
  '1. a\n\n   b\n\n2. c\n\n',
  '1) a\n\nабзац\n\n2) b\n\n',
  '    код\n\n    ```\n\n',
  'Сноска[^n] и [сайт][s].\n\n',
  '[s]: https://ya.ru\n\n',
  '[^n]: Текст сноски\n\n    её второй абзац\n\n',
  'абзац\n    ```\nдальше\n\n',
  '| a | b |\n|---|---|\n| 1 | 2 |\n\n',
  '* * *\n\n',
  'a\n===\n\n',
  'x `` ` \n\n',
  '~~~js title=`x`\n\nкод\n~~~\n\n',
  '[сайт]\n\n[сайт]: /x\n\n',
];

test('whatever stands beside each other, sections make no difference', () => {
  const piece = fc.oneof({ arbitrary: fc.constantFrom(...awkward), weight: 3 }, fc.constantFrom(...sampleParts), fc.constant(filler));
  fc.assert(
    fc.property(fc.array(piece, { minLength: 2, maxLength: 14 }), (pieces) => {
      const text = pieces.join('');
      expect(shape(inSections(text))).toEqual(shape(parseMarkdown(text).children));
    }),
    { numRuns: 100, seed: 11 },
  );
});

test('a code block over many screens stays one section', () => {
  const code = `\`\`\`ts\n${'const x = 1;\n\nfunction f() {}\n'.repeat(300)}\`\`\`\n`;
  const sections = splitSections(filler + code + filler);
  expect(sections.some(({ text }) => text.includes(code))).toBe(true);
});

test('a short answer has no head, the head of a long one leaves more than a screenful', () => {
  expect(splitHead(sampleAnswer(3_000), 800).sections).toEqual([]);
  const text = sampleAnswer(50_000);
  const [low, tall] = [splitHead(text, 800), splitHead(text, 2_000)];
  expect(text.startsWith(low.text) && low.text.startsWith(tall.text)).toBe(true);
  expect(estimateHeight(text.slice(low.text.length))).toBeGreaterThanOrEqual(800);
  expect(estimateHeight(text.slice(low.text.length))).toBeLessThan(2_000);
});

test('what is defined in the end reaches back, and nothing else is touched', () => {
  const text = `Смотрите [сайт][s].\n\n${filler.repeat(8)}`;
  const head = splitHead(text);
  const longer = `${text}Конец.\n\n[s]: https://ya.ru\n`;
  const complete = completeHead(head, longer);
  expect(JSON.stringify(head.sections[0] && parseSection(head.sections[0])[0]?.node)).not.toContain('"link"');
  expect(JSON.stringify(complete.sections[0] && parseSection(complete.sections[0])[0]?.node)).toContain('https://ya.ru');
  expect(complete.sections.slice(1)).toEqual(head.sections.slice(1));
  expect(complete.sections[1]).toBe(head.sections[1]);
});
