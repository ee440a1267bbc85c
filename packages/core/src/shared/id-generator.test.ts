import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createIdGenerator } from './id-generator.ts';

const zeros = (target: Uint8Array<ArrayBuffer>): Uint8Array => target.fill(0);
const ones = (target: Uint8Array<ArrayBuffer>): Uint8Array => target.fill(255);

test('writes version 7, variant and time where RFC 9562 wants them', () => {
  const time = 0x0190_1234_5678;
  expect(createIdGenerator({ now: () => time, randomBytes: zeros })()).toBe('01901234-5678-7000-8000-000000000000');
  expect(createIdGenerator({ now: () => time, randomBytes: ones })()).toBe('01901234-5678-7000-bfff-ffffffffffff');
});

test('grows within one millisecond, beyond 4096 ids in one, and when the clock goes back', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ step: fc.integer({ min: -5, max: 5 }), count: fc.constantFrom(1, 3, 5_000) }), { maxLength: 6 }),
      fc.integer(),
      (rounds, seed) => {
        let time = Date.UTC(2026, 0, 1);
        let state = seed;
        const randomBytes = (target: Uint8Array<ArrayBuffer>): Uint8Array =>
          target.map(() => {
            state = (state * 1_103_515_245 + 12_345) & 0x7fff_ffff;
            return state >> 8;
          });
        const next = createIdGenerator({ now: () => time, randomBytes });
        let last = '';
        for (const { step, count } of rounds) {
          time += step;
          for (let index = 0; index < count; index += 1) {
            const id = next();
            if (id <= last || !/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/.test(id))
              throw new Error(`${id} after ${last}`);
            last = id;
          }
        }
      },
    ),
    { numRuns: 20 },
  );
});
