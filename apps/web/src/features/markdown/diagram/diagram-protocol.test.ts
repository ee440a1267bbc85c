import { expect, test } from 'vitest';
import { readDrawRequest, readFrameMessage } from './diagram-protocol.ts';

const picture = { svg: '<svg xmlns="x"/>', width: 10, height: 20.5, title: '' };
const drawn = { type: 'drawn', id: 3, picture };

test('what has the right shape is read, and only what belongs to it', () => {
  expect(readFrameMessage({ type: 'ready', more: 1 })).toEqual({ type: 'ready' });
  expect(readFrameMessage({ ...drawn, picture: { ...picture, more: 1 } })).toEqual(drawn);
  expect(readFrameMessage({ type: 'refused', id: 1, detail: 'x' })).toEqual({ type: 'refused', id: 1, detail: 'x' });
  const request = { type: 'draw', id: 1, source: 'pie', theme: 'dark' };
  expect(readDrawRequest(request)).toEqual(request);
});

test.each([
  undefined,
  null,
  'ready',
  { type: 'draw', id: 1, source: 'x', theme: 'light' },
  { ...drawn, id: '3' },
  { ...drawn, picture: undefined },
  { ...drawn, picture: { ...picture, svg: '<img src=x onerror=alert(1)>' } },
  { ...drawn, picture: { ...picture, svg: `<svg>${' '.repeat(2_000_000)}` } },
  { ...drawn, picture: { ...picture, width: 0 } },
  { ...drawn, picture: { ...picture, width: Number.NaN } },
  { ...drawn, picture: { ...picture, height: 1e9 } },
  { ...drawn, picture: { ...picture, title: {} } },
  { type: 'refused', id: 1, detail: 'x'.repeat(2_000) },
])('the page does not take %j', (data) => {
  expect(readFrameMessage(data)).toBeUndefined();
});

test.each([
  undefined,
  { type: 'ready' },
  { type: 'draw', id: 1.5, source: 'x', theme: 'light' },
  { type: 'draw', id: 1, source: 'x', theme: 'forest' },
  { type: 'draw', id: 1, source: 'x'.repeat(20_001), theme: 'dark' },
  { type: 'draw', id: 1, theme: 'dark' },
])('the frame does not take %j', (data) => {
  expect(readDrawRequest(data)).toBeUndefined();
});
