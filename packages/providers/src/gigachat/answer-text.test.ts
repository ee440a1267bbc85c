import { expect, test } from 'vitest';
import { type AnswerPiece, AnswerText } from './answer-text.ts';

interface Read {
  text: string;
  thought: string;
  made: string[];
}

function read(pieces: readonly string[]): Read {
  const reader = new AnswerText();
  const all: AnswerPiece[] = [...pieces.flatMap((piece) => [...reader.push(piece)]), ...reader.end()];
  const result: Read = { text: '', thought: '', made: [] };
  for (const piece of all) {
    if (piece.type === 'made') result.made.push(`${piece.kind} ${piece.fileId}`);
    else result[piece.type] += piece.text;
  }
  return result;
}

const id = '3727db23-91a3-44fa-a6b7-9f0a311d3e9e';
const cases = [
  ['a < b and 2<3', { text: 'a < b and 2<3', thought: '', made: [] }],
  [`<img src="${id}" fuse="true"/> Вот кот`, { text: 'Вот кот', thought: '', made: [`image ${id}`] }],
  [
    `Вот: <img src="${id}" fuse="true"/> и <img fuse="true" src="${id}">`,
    { text: 'Вот:  и ', thought: '', made: [`image ${id}`, `image ${id}`] },
  ],
  [`<video cover="${id}" src="${id}" fuse="true"/>`, { text: '', thought: '', made: [`video ${id}`] }],
  ['Пишите <img src="cat.png"/>, <image> или <imgur>', { text: 'Пишите <img src="cat.png"/>, <image> или <imgur>', thought: '', made: [] }],
  [`<img src="${id}" fuse="true"`, { text: `<img src="${id}" fuse="true"`, thought: '', made: [] }],
  ['\n<think>Раз < два</th></think>\n\nОтвет', { text: 'Ответ', thought: 'Раз < два</th>', made: [] }],
  ['<think>Не успел', { text: '', thought: 'Не успел', made: [] }],
  ['Тег <think> в тексте</think>', { text: 'Тег <think> в тексте</think>', thought: '', made: [] }],
  ['<thinking', { text: '<thinking', thought: '', made: [] }],
  ['  ', { text: '  ', thought: '', made: [] }],
  [`<img ${'x'.repeat(500)}`, { text: `<img ${'x'.repeat(500)}`, thought: '', made: [] }],
] as const;

test.each(cases)('%s', (text, expected) => {
  expect(read([text])).toEqual(expected);
  expect(read(Array.from(text))).toEqual(expected);
  for (let at = 1; at < Math.min(text.length, 80); at += 1) expect(read([text.slice(0, at), text.slice(at)])).toEqual(expected);
});

test('words are not kept waiting for a tag that will not come', () => {
  expect([...new AnswerText().push('Привет, мир')]).toEqual([{ type: 'text', text: 'Привет, мир' }]);
});
