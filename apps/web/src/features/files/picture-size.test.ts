import { expect, test } from 'vitest';
import { estimateFilesHeight, shownSize } from './picture-size.ts';

test('a picture keeps its proportions, is never enlarged, and can be hit', () => {
  expect(shownSize({ width: 960, height: 480 }, 'answer')).toEqual({ width: 480, height: 240 });
  expect(shownSize({ width: 100, height: 80 }, 'answer')).toEqual({ width: 100, height: 80 });
  expect(shownSize({ width: 1000, height: 2000 }, 'question')).toEqual({ width: 130, height: 260 });
  expect(shownSize({ width: 2, height: 4000 }, 'question')).toEqual({ width: 44, height: 260 });
  expect(shownSize({}, 'question')).toEqual({ width: 320, height: 240 });
});

test('the room of files is known before they are drawn', () => {
  expect(estimateFilesHeight([], 0, false)).toBe(0);
  expect(estimateFilesHeight([{ width: 100, height: 80 }], 1, false)).toBe(88 + 60);
  expect(estimateFilesHeight([{}, {}, {}, {}], 0, false)).toBe(2 * 128);
});
