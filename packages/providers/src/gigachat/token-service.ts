import { randomUUID } from 'node:crypto';
import type { Clock } from '@multimodel/core';
import { ProviderError } from '@multimodel/core';
import { cancelledError, staticAuth, type Token } from '@multimodel/provider-sdk';
import { z } from 'zod';
import { callJson, type JsonCaller } from '../shared/call-json.ts';
import { basicOf } from './credential.ts';
import type { Scope } from './settings.ts';

/** A token is replaced this long before it ends. */
export const refreshEarlyMs = 60_000;

const time = z.union([z.number(), z.string()]).nullish();
const tokenAnswer = z
  .object({ access_token: z.string().nullish(), expires_at: time, tok: z.string().nullish(), exp: time })
  .transform((answer) => ({ value: answer.access_token ?? answer.tok ?? '', ends: answer.expires_at ?? answer.exp }))
  .refine(({ value }) => value !== '');

/** The caller without what the API needs: the token service has headers of its own. */
export interface TokenService extends Omit<JsonCaller, 'auth'> {
  readonly clock: Clock;
  readonly path: string;
}

/** Exchanges the key for a token of half an hour. */
export function fetchKeyToken(service: TokenService, { key, scope }: { key: string; scope: Scope }, signal: AbortSignal): Promise<Token> {
  const content = { type: 'application/x-www-form-urlencoded', data: `scope=${scope}` };
  return patiently(service.clock, signal, () => {
    const caller = { ...service, auth: staticAuth({ authorization: `Basic ${key}` }) };
    const headers = { accept: 'application/json', rquid: randomUUID() };
    return callJson(caller, { method: 'POST', path: service.path, headers, content, schema: tokenAnswer, signal }).then(toToken);
  });
}

/** As closed installations have it: a name and a password, under the API's own address. */
export function fetchPasswordToken(
  service: TokenService,
  account: { readonly user: string; readonly password: string },
  signal: AbortSignal,
): Promise<Token> {
  return patiently(service.clock, signal, () => {
    const caller = { ...service, auth: staticAuth({ authorization: `Basic ${basicOf(account)}` }) };
    return callJson(caller, { method: 'POST', path: service.path, schema: tokenAnswer, signal }).then(toToken);
  });
}

/** Seconds and milliseconds are told apart by their size; without a time a token serves until it is refused. */
function toToken({ value, ends }: z.output<typeof tokenAnswer>): Token {
  const number = Number(ends ?? 0);
  if (!(number > 0)) return { value, expiresAt: Number.POSITIVE_INFINITY };
  return { value, expiresAt: number < 1e12 ? number * 1000 : number };
}

const retries = 2;
const firstPauseMs = 500;
const longestPauseMs = 5_000;

/** Ten tokens a second is all that the service gives; a jitter keeps workers that were refused together from coming back together. */
async function patiently<T>(clock: Clock, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ProviderError) || attempt >= retries || !isPassing(error)) throw error;
      const pauseMs = error.retryAfterMs ?? firstPauseMs * 2 ** attempt * (1 + Math.random());
      if (pauseMs > longestPauseMs) throw error;
      await pause(clock, pauseMs, { signal, providerId: error.providerId });
    }
  }
}

const isPassing = ({ code }: ProviderError): boolean => code === 'rate_limited' || code === 'overloaded';

function pause(clock: Clock, ms: number, { signal, providerId }: { signal: AbortSignal; providerId: string }): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const abort = (): void => reject(cancelledError(providerId));
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  const cancel = clock.schedule(ms, resolve);
  return promise.finally(() => {
    cancel();
    signal.removeEventListener('abort', abort);
  });
}
