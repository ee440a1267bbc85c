import { expect, test } from 'vitest';
import { estimateHeight } from './estimate-height.ts';

const at = (text: string) => estimateHeight(text, 80);

test('a text is as tall as its lines, long ones more than once', () => {
  expect(at('')).toBe(0);
  expect(at('слово')).toBe(26);
  expect(at('а'.repeat(81))).toBe(52);
  expect(at('раз\n\nдва')).toBe(26 + 15 + 26);
});

test('code does not wrap, and has a frame; formulas and rows of tables have heights of their own', () => {
  expect(at(`\`\`\`ts\n${'x'.repeat(500)}\ny\n\`\`\``)).toBe(78 + 2 * 21);
  expect(at('$$\na\n\nb\n$$')).toBe(64);
  expect(at('| a | b |\n|---|---|\n| 1 | 2 |')).toBe(120);
  expect(at('```js\n~~~\n```\nпосле')).toBe(78 + 21 + 26);
});
