import { expect, test } from 'vitest';
import { toolbarPlace } from './toolbar-place.ts';

const frame = { left: 0, top: 60, right: 400, bottom: 700, isTouch: false };
const size = { width: 200, height: 40 };
const box = (top: number, bottom: number, left = 100, right = 300) => ({ left, top, right, bottom, block: { top, bottom } });

test('above what is selected, in its middle', () => {
  expect(toolbarPlace(box(300, 320), size, frame)).toEqual({ left: 100, top: 252 });
});

test('below it where there is no room above, and on touch', () => {
  expect(toolbarPlace(box(70, 90), size, frame)).toEqual({ left: 100, top: 98 });
  expect(toolbarPlace(box(300, 320), size, { ...frame, isTouch: true })).toEqual({ left: 100, top: 356 });
});

test('a block is covered as little as may be: above its first line, below its last, above in the middle', () => {
  const inBlock = (top: number) => toolbarPlace({ ...box(top, top + 20), block: { top: 300, bottom: 400 } }, size, frame)?.top;
  expect(inBlock(300)).toBe(252);
  expect(inBlock(340)).toBe(292);
  expect(inBlock(380)).toBe(408);
  expect(toolbarPlace({ ...box(670, 690), block: { top: 600, bottom: 690 } }, size, frame)?.top).toBe(622);
});

test('never outside the frame', () => {
  expect(toolbarPlace(box(300, 320, 0, 20), size, frame)?.left).toBe(8);
  expect(toolbarPlace(box(300, 320, 380, 400), size, frame)?.left).toBe(192);
  expect(toolbarPlace(box(60, 690), size, frame)?.top).toBe(652);
  expect(toolbarPlace(box(600, 690), size, { ...frame, isTouch: true })?.top).toBe(652);
});

test('what has been scrolled away has no toolbar', () => {
  expect(toolbarPlace(box(10, 50), size, frame)).toBeUndefined();
  expect(toolbarPlace(box(710, 730), size, frame)).toBeUndefined();
});
