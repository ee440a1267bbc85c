import { expect, test } from 'vitest';
import { cleanName } from './attachment-name.ts';
import { decodeText, toTextBlock } from './text-document.ts';

test.each([
  ['UTF-8', new TextEncoder().encode('Привет, мир'), 'Привет, мир'],
  ['UTF-8 with its mark', Uint8Array.from([0xef, 0xbb, 0xbf, 0x61]), 'a'],
  ['UTF-16, little end first', Uint8Array.from([0xff, 0xfe, 0x1f, 0x04, 0x40, 0x04]), 'Пр'],
  ['UTF-16, big end first', Uint8Array.from([0xfe, 0xff, 0x04, 0x1f, 0x04, 0x40]), 'Пр'],
  ['Windows-1251', Uint8Array.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]), 'Привет'],
])('a text in %s is read', (_name, bytes, text) => {
  expect(decodeText(bytes)).toBe(text);
});

test('as part of a message it stands under its name, in a fence that nothing inside closes', () => {
  expect(toTextBlock('table.csv', 'a;b\n1;2\n')).toBe('table.csv:\n\n```csv\na;b\n1;2\n```');
  expect(toTextBlock('notes', 'see:\n````\ncode\n````')).toBe('notes:\n\n`````\nsee:\n````\ncode\n````\n`````');
});

test.each([
  ['report.pdf', 'report.pdf'],
  ['C:\\Users\\Анна\\отчёт.pdf', 'отчёт.pdf'],
  ['../../etc/passwd', 'passwd'],
  ['a\u202Egpj.exe', 'agpj.exe'],
  ['two\nlines\u0000.txt', 'twolines.txt'],
  ['  many   spaces .txt ', 'many spaces .txt'],
  ['👨‍👩‍👧.png', '👨‍👩‍👧.png'],
  ['..', 'image.png'],
  ['', 'image.png'],
])('the name %j becomes %j', (given, expected) => {
  expect(cleanName(given, 'image.png')).toBe(expected);
});

test('a name that is too long keeps its end', () => {
  const name = cleanName(`${'б'.repeat(500)}.docx`, 'x');
  expect(name).toHaveLength(200);
  expect(name.endsWith('б….docx')).toBe(true);
});
