import type { StreamEvent } from '@multimodel/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GrowingText } from './growing-text.ts';

function fold(events: Iterable<StreamEvent>, start = ''): string {
  let text = start;
  for (const event of events) {
    if (event.type === 'text-delta') text += event.text;
    if (event.type === 'text-replace') text = text.slice(0, event.from) + event.text;
  }
  return text;
}

/** As the vendor cuts: anywhere in the bytes. */
function cutBytes(text: string, count: number): string {
  return Buffer.from(text).subarray(0, count).toString('utf8');
}

test('whatever is cut where, the events add up to the last text and never show half a character', () => {
  const any = fc.string({ unit: 'binary', maxLength: 40 }).map((text) => text.replaceAll('\ufffd', '?'));
  fc.assert(
    fc.property(any, fc.array(fc.nat(160), { maxLength: 10 }), (last, cuts) => {
      const text = new GrowingText();
      let shown = '';
      for (const cut of cuts.toSorted((a, b) => a - b)) {
        shown = fold(text.grow(cutBytes(last, cut)), shown);
        expect(shown).not.toContain('\ufffd');
        expect(shown.isWellFormed()).toBe(true);
        expect(last.startsWith(shown)).toBe(true);
      }
      expect(fold(text.settle(last), shown)).toBe(last.toWellFormed());
    }),
  );
});

test('any sequence of texts ends as the last one', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 10 })), fc.string({ unit: 'binary', maxLength: 10 }), (before, last) => {
      const text = new GrowingText();
      const events = [...before.flatMap((each) => [...text.grow(each)]), ...text.settle(last)];
      expect(fold(events)).toBe(last.toWellFormed());
    }),
  );
});

test('a replacement never tears a pair', () => {
  const text = new GrowingText();
  fold(text.grow('a🐻'));
  expect([...text.settle('a🐼')]).toEqual([{ type: 'text-replace', from: 1, text: '🐼' }]);
});

test('half of a pair at the end is held back, a real U+FFFD at the very end is kept', () => {
  const text = new GrowingText();
  expect([...text.grow('a\ud83d')]).toEqual([{ type: 'text-delta', text: 'a' }]);
  expect([...text.settle('a\ufffd')]).toEqual([{ type: 'text-delta', text: '\ufffd' }]);
});
