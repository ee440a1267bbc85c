import { expect, test } from 'vitest';
import { type SplitText, ThinkTags } from './think-tags.ts';

function split(pieces: readonly string[]): SplitText {
  const tags = new ThinkTags();
  const parts = [...pieces.map((piece) => tags.push(piece)), tags.end()];
  return { reasoning: parts.map(({ reasoning }) => reasoning).join(''), text: parts.map(({ text }) => text).join('') };
}

const cases: readonly (readonly [answer: string, split: SplitText])[] = [
  ['<think>Hm.</think>\n\nYes.', { reasoning: 'Hm.', text: 'Yes.' }],
  ['\n<think>\nHm.\n</think>Yes.', { reasoning: '\nHm.\n', text: 'Yes.' }],
  ['<think></think>Yes.', { reasoning: '', text: 'Yes.' }],
  ['The tag <think> begins a thought.', { reasoning: '', text: 'The tag <think> begins a thought.' }],
  ['<thing>', { reasoning: '', text: '<thing>' }],
  ['<thin', { reasoning: '', text: '<thin' }],
  ['<think>a < b </thin', { reasoning: 'a < b </thin', text: '' }],
  ['<think>a</think>b</think>c', { reasoning: 'a', text: 'b</think>c' }],
  ['  two spaces', { reasoning: '', text: '  two spaces' }],
  ['', { reasoning: '', text: '' }],
];

test.each(cases)('%j is split the same, however it is cut', (answer, expected) => {
  for (const size of [1, 2, 3, 5, 100]) {
    const pieces = Array.from({ length: Math.ceil(answer.length / size) }, (_, index) => answer.slice(index * size, (index + 1) * size));
    expect(split(pieces), `pieces of ${String(size)}`).toEqual(expected);
  }
});

test('text is passed on as soon as it is known to be no tag', () => {
  const tags = new ThinkTags();
  expect(tags.push('<')).toEqual({ reasoning: '', text: '' });
  expect(tags.push('b')).toEqual({ reasoning: '', text: '<b' });
  expect(tags.push('<think>')).toEqual({ reasoning: '', text: '<think>' });
});
