import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createTokenCache, type Token, tokenAuth } from './token-cache.ts';

const newSignal = (): AbortSignal => new AbortController().signal;

function setUp(lifeMs = 1000, refreshEarlyMs = 100) {
  const clock = createFakeClock();
  const flights: (PromiseWithResolvers<Token> & { readonly signal: AbortSignal })[] = [];
  const tokens = createTokenCache({
    clock,
    refreshEarlyMs,
    fetchToken({ signal }) {
      const flight = { ...Promise.withResolvers<Token>(), signal };
      signal.addEventListener('abort', () => flight.reject(new Error('aborted')));
      flights.push(flight);
      return flight.promise;
    },
  });
  const land = (index: number): void => flights[index]?.resolve({ value: `token-${index}`, expiresAt: clock.now() + lifeMs });
  const first = async (): Promise<void> => {
    const got = tokens.get({ signal: newSignal() });
    land(0);
    expect(await got).toBe('token-0');
  };
  return { clock, tokens, flights, land, first };
}

describe('createTokenCache', () => {
  test('callers at the same time share one fetch, those after it the token', async () => {
    const { tokens, flights, land } = setUp();
    const both = [tokens.get({ signal: newSignal() }), tokens.get({ signal: newSignal() })];
    land(0);
    expect(await Promise.all(both)).toEqual(['token-0', 'token-0']);
    expect(await tokens.get({ signal: newSignal() })).toBe('token-0');
    expect(flights).toHaveLength(1);
  });

  test('is refreshed early, at most half its life', async () => {
    const { tokens, flights, land, clock, first } = setUp(1000, 100);
    await first();
    clock.advance(899);
    await tokens.get({ signal: newSignal() });
    expect(flights).toHaveLength(1);
    clock.advance(1);
    const fresh = tokens.get({ signal: newSignal() });
    land(1);
    expect(await fresh).toBe('token-1');
    const short = setUp(100, 60_000);
    await short.first();
    short.clock.advance(49);
    expect(await short.tokens.get({ signal: newSignal() })).toBe('token-0');
  });

  test('an early refresh that fails gives the old token while it holds, and then the error', async () => {
    const { tokens, flights, clock, first } = setUp();
    await first();
    clock.advance(950);
    const early = tokens.get({ signal: newSignal() });
    flights[1]?.reject(new Error('down'));
    expect(await early).toBe('token-0');
    clock.advance(50);
    const late = tokens.get({ signal: newSignal() });
    flights[2]?.reject(new Error('down'));
    await expect(late).rejects.toThrow('down');
  });

  test('errors are not kept', async () => {
    const { tokens, flights, land } = setUp();
    const failed = tokens.get({ signal: newSignal() });
    flights[0]?.reject(new Error('down'));
    await expect(failed).rejects.toThrow('down');
    const next = tokens.get({ signal: newSignal() });
    land(1);
    expect(await next).toBe('token-1');
  });

  test('a forced refresh fetches, shared by those who force at the same time, and never gives the old token', async () => {
    const { tokens, flights, first, land } = setUp();
    await first();
    const forced = [tokens.get({ signal: newSignal(), forceRefresh: true }), tokens.get({ signal: newSignal(), forceRefresh: true })];
    land(1);
    expect(await Promise.all(forced)).toEqual(['token-1', 'token-1']);
    const failed = tokens.get({ signal: newSignal(), forceRefresh: true });
    flights[2]?.reject(new Error('down'));
    await expect(failed).rejects.toThrow('down');
  });

  test('a caller that leaves does not take the fetch from the others; the last one ends it', async () => {
    const { tokens, flights, land } = setUp();
    const leaver = new AbortController();
    const left = tokens.get({ signal: leaver.signal });
    const stays = tokens.get({ signal: newSignal() });
    leaver.abort(new Error('left'));
    await expect(left).rejects.toThrow('left');
    expect(flights[0]?.signal.aborted).toBe(false);
    land(0);
    expect(await stays).toBe('token-0');
    const alone = new AbortController();
    const forced = tokens.get({ signal: alone.signal, forceRefresh: true });
    alone.abort(new Error('gone'));
    await expect(forced).rejects.toThrow('gone');
    expect(flights[1]?.signal.aborted).toBe(true);
    const after = tokens.get({ signal: newSignal(), forceRefresh: true });
    land(2);
    expect(await after).toBe('token-2');
  });

  test('several leave at once: the fetch is ended', async () => {
    const { tokens, flights } = setUp();
    const controller = new AbortController();
    const both = [tokens.get({ signal: controller.signal }), tokens.get({ signal: controller.signal })];
    controller.abort(new Error('left'));
    expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(flights[0]?.signal.aborted).toBe(true);
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  });

  test('a signal that is already aborted fetches nothing', async () => {
    const { tokens, flights } = setUp();
    await expect(tokens.get({ signal: AbortSignal.abort() })).rejects.toThrow();
    expect(flights).toHaveLength(0);
  });
});

test('tokenAuth refreshes a refused token once for all who were refused', async () => {
  const { tokens, flights, land, first } = setUp();
  await first();
  const auth = tokenAuth(tokens, (token) => ({ authorization: `Bearer ${token}` }));
  const refused = await auth.headers({ signal: newSignal(), forceRefresh: false });
  const early = auth.headers({ signal: newSignal(), forceRefresh: true, refused });
  await new Promise((resolve) => setImmediate(resolve));
  land(1);
  expect(await early).toEqual({ authorization: 'Bearer token-1' });
  expect(await auth.headers({ signal: newSignal(), forceRefresh: true, refused })).toEqual({ authorization: 'Bearer token-1' });
  expect(flights).toHaveLength(2);
});
