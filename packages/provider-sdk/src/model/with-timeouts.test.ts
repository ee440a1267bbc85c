import { getEventListeners } from 'node:events';
import type { ChatModel, StreamEvent } from '@multimodel/core';
import { describe, expect, test } from 'vitest';
import { createProviderError } from '../errors/provider-error.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { type TimeoutLimits, withTimeouts } from './with-timeouts.ts';

const text: StreamEvent = { type: 'text-delta', text: 'a' };
const warning: StreamEvent = { type: 'warning', code: 'parameter_dropped', message: 'w' };
const finish: StreamEvent = { type: 'finish', reason: 'stop' };

/** A model whose events are fed by hand. */
function fedModel() {
  const state = { isAborted: false, isReturned: false, signal: undefined as AbortSignal | undefined };
  let pending = Promise.withResolvers<StreamEvent | undefined>();
  const model: ChatModel = {
    id: 'fed',
    async *stream(_request, { signal }) {
      state.signal = signal;
      signal.addEventListener('abort', () => {
        state.isAborted = true;
        pending.promise.catch(() => undefined);
        pending.reject(createProviderError('cancelled', 'inner', { providerId: 'x' }));
      });
      try {
        for (;;) {
          const event = await pending.promise;
          pending = Promise.withResolvers();
          if (!event) return;
          yield event;
        }
      } finally {
        state.isReturned = true;
      }
    },
  };
  return { model, state, feed: (event: StreamEvent | undefined) => pending.resolve(event), fail: (error: Error) => pending.reject(error) };
}

function setUp(limits: Omit<TimeoutLimits, 'providerId'>) {
  const clock = createFakeClock();
  const fed = fedModel();
  const controller = new AbortController();
  const timed = withTimeouts(fed.model, { providerId: 'acme', ...limits }, clock);
  const iterator = timed.stream({ messages: [] }, { signal: controller.signal })[Symbol.asyncIterator]();
  const take = async (event: StreamEvent): Promise<void> => {
    const next = iterator.next();
    fed.feed(event);
    expect((await next).value).toEqual(event);
  };
  const assertClean = (): void => {
    expect(clock.pendingTimers).toBe(0);
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  };
  return { ...fed, clock, controller, iterator, take, assertClean };
}

const timeout = (phase: string, limitMs: number) => ({
  code: 'timeout',
  providerId: 'acme',
  details: { phase, limitMs },
  isRetryable: true,
});

describe('withTimeouts', () => {
  test('passes events through and leaves no timer', async () => {
    const { take, iterator, feed, assertClean } = setUp({ firstTokenMs: 10, idleMs: 10, totalMs: 100 });
    await take(warning);
    await take(text);
    await take(finish);
    const end = iterator.next();
    feed(undefined);
    expect(await end).toEqual({ done: true, value: undefined });
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
    assertClean();
  });

  test('first token: a warning is none, text is one', async () => {
    const { take, iterator, clock, state, assertClean } = setUp({ firstTokenMs: 10, totalMs: 100 });
    await take(warning);
    const next = iterator.next();
    clock.advance(9);
    expect(state.isAborted).toBe(false);
    clock.advance(1);
    await expect(next).rejects.toMatchObject(timeout('first_token', 10));
    expect(state.isAborted).toBe(true);
    assertClean();
  });

  test('first token: no limit after it has come', async () => {
    const { take, clock, iterator, feed } = setUp({ firstTokenMs: 10 });
    await take(text);
    clock.advance(1000);
    const next = iterator.next();
    feed(finish);
    expect((await next).value).toEqual(finish);
  });

  test('idle: counts only while the consumer waits', async () => {
    const { take, iterator, clock, assertClean } = setUp({ idleMs: 10 });
    await take(text);
    clock.advance(25);
    await take(text);
    clock.advance(4);
    const next = iterator.next();
    clock.advance(9);
    clock.advance(1);
    await expect(next).rejects.toMatchObject(timeout('idle', 10));
    assertClean();
  });

  test('idle: an event begins the count anew', async () => {
    const { take, iterator, clock, feed, state } = setUp({ idleMs: 10 });
    await take(text);
    for (let round = 0; round < 5; round += 1) {
      const next = iterator.next();
      clock.advance(9);
      feed(text);
      await next;
    }
    expect(state.isAborted).toBe(false);
  });

  test('total: also between two steps, told at the next one, once', async () => {
    const { take, iterator, clock, state, assertClean } = setUp({ totalMs: 50 });
    await take(text);
    clock.advance(50);
    expect(state.isAborted).toBe(true);
    await expect(iterator.next()).rejects.toMatchObject(timeout('total', 50));
    expect(await iterator.next()).toMatchObject({ done: true });
    assertClean();
  });

  test("the caller's abort is cancelled, while waiting and between steps", async () => {
    const waiting = setUp({ firstTokenMs: 10 });
    const next = waiting.iterator.next();
    waiting.controller.abort();
    await expect(next).rejects.toMatchObject({ code: 'cancelled', providerId: 'acme' });
    waiting.assertClean();
    const between = setUp({ totalMs: 10 });
    await between.take(text);
    between.controller.abort();
    await expect(between.iterator.next()).rejects.toMatchObject({ code: 'cancelled' });
    between.assertClean();
  });

  test('a signal that is already aborted starts nothing', async () => {
    const { controller, iterator, state, assertClean } = setUp({ totalMs: 10 });
    controller.abort();
    await expect(iterator.next()).rejects.toMatchObject({ code: 'cancelled' });
    expect(state.signal).toBeUndefined();
    assertClean();
  });

  test('leaving early leaves the model and its timers', async () => {
    const { take, iterator, state, assertClean } = setUp({ idleMs: 10, totalMs: 100 });
    await take(text);
    await iterator.return?.();
    expect(state.isReturned).toBe(true);
    expect(await iterator.next()).toMatchObject({ done: true });
    assertClean();
  });

  test("the model's own error passes and leaves no timer", async () => {
    const { iterator, fail, assertClean } = setUp({ firstTokenMs: 10, totalMs: 100 });
    const next = iterator.next();
    fail(new Error('own'));
    await expect(next).rejects.toThrow('own');
    expect(await iterator.next()).toMatchObject({ done: true });
    assertClean();
  });

  test('a model that does not heed its signal cannot hold the caller', async () => {
    const clock = createFakeClock();
    const deaf: ChatModel = {
      id: 'deaf',
      async *stream() {
        yield text;
        await new Promise(() => undefined);
      },
    };
    const timed = withTimeouts(deaf, { providerId: 'acme', idleMs: 5 }, clock);
    const iterator = timed.stream({ messages: [] }, { signal: new AbortController().signal })[Symbol.asyncIterator]();
    await iterator.next();
    const next = iterator.next();
    clock.advance(5);
    await expect(next).rejects.toMatchObject({ code: 'timeout' });
  });
});
