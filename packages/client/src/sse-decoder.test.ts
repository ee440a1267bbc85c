import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SseDecoder } from './sse-decoder.ts';

function decode(pieces: readonly string[]) {
  const decoder = new SseDecoder();
  return pieces.flatMap((piece) => decoder.push(piece));
}

function split(text: string, cuts: readonly number[]): string[] {
  const places = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b);
  return [0, ...places].map((place, index) => text.slice(place, places[index] ?? text.length));
}

test('reads frames with ids, names, several data lines and comments', () => {
  expect(decode([': keep-alive\n\nid: 7\nevent: run\ndata: one\ndata:two\n\ndata\n\n'])).toEqual([
    { id: '7', event: 'run', data: 'one\ntwo' },
    { id: '7', event: 'message', data: '' },
  ]);
});

test('an unfinished frame is not dispatched', () => {
  expect(decode(['data: one\n\ndata: two\n'])).toEqual([{ id: undefined, event: 'message', data: 'one' }]);
});

test('gives the same frames for any split and any line ending', () => {
  const line = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\r\n\0]/g, ''));
  const frames = fc.array(fc.array(line, { minLength: 1, maxLength: 3 }), { maxLength: 6 });
  fc.assert(
    fc.property(frames, fc.constantFrom('\n', '\r\n', '\r'), fc.array(fc.nat(2000), { maxLength: 30 }), (bodies, end, cuts) => {
      const text = `\uFEFF${bodies.map((lines, id) => [`id: ${id}`, ':x', ...lines.map((data) => `data: ${data}`), '', ''].join(end)).join('')}`;
      const expected = bodies.map((lines, id) => ({ id: String(id), event: 'message', data: lines.join('\n') }));
      expect(decode(split(text, cuts))).toEqual(expected);
    }),
  );
});
