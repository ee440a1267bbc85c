import { expect, test } from 'vitest';
import { markdownToText } from './markdown-to-text.ts';

test.each([
  ['headings and marks', '# Title\n\nSome **bold**, *italic* and `code`.', 'Title\n\nSome bold, italic and code.'],
  ['lists, nested and numbered', '1. one\n2. two\n   - in two\n\n- [x] done', '1. one\n2. two\n   • in two\n\n• [x] done'],
  ['code as it is', '```js\nif (a) {\n  b();\n}\n```', 'if (a) {\n  b();\n}'],
  ['tables by tabs', '| A | B |\n|---|---|\n| 1 | **2** |', 'A\tB\n1\t2'],
  [
    'links with their addresses',
    'See [docs](https://a.example/b) and <https://c.example>.',
    'See docs (https://a.example/b) and https://c.example.',
  ],
  ['quotes and breaks', '> one\n> two\n\n---\n\nend', '> one\n> two\n\n* * *\n\nend'],
  ['formulas as TeX', 'So $a^2$:\n\n$$\nb\n$$', 'So a^2:\n\nb'],
  ['raw HTML as it was written', 'a <b>c</b>\n\n<div>x</div>', 'a <b>c</b>\n\n<div>x</div>'],
])('%s', (_name, markdown, text) => {
  expect(markdownToText(markdown)).toBe(text);
});
