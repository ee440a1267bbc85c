import { describe, expect, test } from 'vitest';
import { createFakeClock, settle } from '../testing/index.ts';
import { abortable, pause, untilAborted } from './abortable.ts';

const stopped = new Error('stopped');

/** An iterator by hand: it can hang, and misbehave when it is left. */
function source(next: () => Promise<IteratorResult<number>>, onLeave?: () => Promise<IteratorResult<number>>): AsyncIterable<number> {
  return { [Symbol.asyncIterator]: () => ({ next, ...(onLeave && { return: onLeave }) }) };
}
async function collect(values: AsyncIterable<number>): Promise<readonly number[]> {
  const seen: number[] = [];
  for await (const value of values) seen.push(value);
  return seen;
}
async function* count(to: number): AsyncGenerator<number> {
  for (let index = 1; index <= to; index += 1) yield index;
}

describe('abortable', () => {
  test('passes everything on, and errors too', async () => {
    expect(await collect(abortable(count(3), new AbortController().signal))).toEqual([1, 2, 3]);
    const broken = source(() => Promise.reject(new Error('cut')));
    await expect(collect(abortable(broken, new AbortController().signal))).rejects.toThrow('cut');
  });

  test('leaves a source that hangs, and one that throws or hangs when it is left', async () => {
    const hang = (): Promise<never> => new Promise(() => undefined);
    const throws = (): never => {
      throw new Error('cannot leave');
    };
    for (const onLeave of [undefined, hang, throws, () => Promise.reject(new Error('cannot leave'))]) {
      const stopping = new AbortController();
      const collected = collect(abortable(source(hang, onLeave), stopping.signal));
      await settle();
      stopping.abort(stopped);
      await expect(collected).rejects.toBe(stopped);
    }
  });

  test('an abort between two values is seen before the next', async () => {
    const stopping = new AbortController();
    const seen: number[] = [];
    const reading = async (): Promise<void> => {
      for await (const value of abortable(count(10), stopping.signal)) {
        seen.push(value);
        if (value === 2) stopping.abort(stopped);
      }
    };
    await expect(reading()).rejects.toBe(stopped);
    expect(seen).toEqual([1, 2]);
  });

  test('an aborted signal does not even begin', async () => {
    let asked = 0;
    const counted = source(async () => {
      asked += 1;
      return { done: true, value: undefined };
    });
    await expect(collect(abortable(counted, AbortSignal.abort(stopped)))).rejects.toBe(stopped);
    expect(asked).toBe(0);
  });

  test('a source that fails after it was left is heard by nobody', async () => {
    const stopping = new AbortController();
    const late = Promise.withResolvers<IteratorResult<number>>();
    const collected = collect(
      abortable(
        source(() => late.promise),
        stopping.signal,
      ),
    );
    await settle();
    stopping.abort(stopped);
    await expect(collected).rejects.toBe(stopped);
    late.reject(new Error('late'));
    await settle();
  });
});

test('untilAborted: whichever comes first', async () => {
  const stopping = new AbortController();
  expect(await untilAborted(Promise.resolve(1), stopping.signal)).toBe(1);
  const waiting = untilAborted(new Promise(() => undefined), stopping.signal);
  stopping.abort(stopped);
  await expect(waiting).rejects.toBe(stopped);
  await expect(untilAborted(Promise.resolve(1), stopping.signal)).rejects.toBe(stopped);
});

test('pause leaves no timer behind', async () => {
  const clock = createFakeClock();
  const stopping = new AbortController();
  let isOver = false;
  void pause(clock, 100, stopping.signal).then(() => {
    isOver = true;
  });
  await clock.advance(99);
  expect(isOver).toBe(false);
  await clock.advance(1);
  expect(isOver).toBe(true);
  const second = pause(clock, 100, stopping.signal);
  stopping.abort(stopped);
  await expect(second).rejects.toBe(stopped);
  await expect(pause(clock, 100, stopping.signal)).rejects.toBe(stopped);
  expect(clock.pendingTimers).toBe(0);
});
