import { expect, test } from 'vitest';
import { tooltipPlace } from './tooltip-place.ts';

const view = { width: 360, height: 640 };
const tooltip = { width: 100, height: 24 };
const buttonAt = (left: number, top: number) => ({ left, top, width: 36, height: 36 });

test('above the middle of its button', () => {
  expect(tooltipPlace(buttonAt(100, 300), tooltip, view)).toEqual({ left: 68, top: 270 });
});

test('within the view at both sides', () => {
  expect(tooltipPlace(buttonAt(0, 300), tooltip, view).left).toBe(5);
  expect(tooltipPlace(buttonAt(324, 300), tooltip, view).left).toBe(255);
});

test('below where there is no room above', () => {
  expect(tooltipPlace(buttonAt(100, 10), tooltip, view).top).toBe(52);
});
