import { createHash } from 'node:crypto';
import type { Clock } from '@multimodel/core';
import { ProviderError } from '@multimodel/core';
import { createProviderError, createTokenCache, type Token, type TokenSource } from '@multimodel/provider-sdk';
import { refreshEarlyMs } from './token-service.ts';

export interface TokenShare {
  readonly clock: Clock;
  readonly providerId: string;
  /** Those who name the same use one token; it may hold secrets, and is kept as a hash. */
  readonly account: readonly string[];
  fetchToken(signal: AbortSignal): Promise<Token>;
}

export interface TokenLease extends TokenSource, Disposable {}

interface Pot {
  readonly tokens: TokenSource;
  readonly holders: Set<TokenShare>;
}

/** By the clock: a process has one, and tests one each. */
const potsByClock = new WeakMap<Clock, Map<string, Pot>>();

/**
 * One token for all that use the same account in this process: the service gives ten a second, and a form that tries its settings
 * or a second provider with the same key should cost none. It is forgotten with the last who uses it.
 */
export function shareToken(share: TokenShare): TokenLease {
  const pots = potsByClock.get(share.clock) ?? new Map<string, Pot>();
  potsByClock.set(share.clock, pots);
  const name = createHash('sha256').update(JSON.stringify(share.account)).digest('hex');
  const pot = pots.get(name) ?? createPot(share.clock);
  pots.set(name, pot);
  pot.holders.add(share);
  return {
    get: (options) => pot.tokens.get(options).catch((error: unknown) => Promise.reject(ownError(error, share.providerId))),
    [Symbol.dispose]() {
      pot.holders.delete(share);
      if (pot.holders.size === 0 && pots.get(name) === pot) pots.delete(name);
    },
  };
}

function createPot(clock: Clock): Pot {
  const holders = new Set<TokenShare>();
  return { holders, tokens: createTokenCache({ clock, refreshEarlyMs, fetchToken: ({ signal }) => fetchByAny(holders, signal) }) };
}

/** The newest of them asks. One that is closed while it asks leaves the question to the others. */
async function fetchByAny(holders: ReadonlySet<TokenShare>, signal: AbortSignal): Promise<Token> {
  for (;;) {
    const asking = Array.from(holders).at(-1);
    if (asking === undefined) throw new TypeError('Nobody holds this token any more');
    try {
      return await asking.fetchToken(signal);
    } catch (error) {
      if (holders.has(asking) || holders.size === 0) throw error;
    }
  }
}

/** The one who asked may be another provider than the one who waited. */
function ownError(error: unknown, providerId: string): unknown {
  if (!(error instanceof ProviderError) || error.providerId === providerId) return error;
  const { code, message, text = message, details, retryAfterMs, isRetryable, mayFailOver } = error;
  return createProviderError(code, text, { providerId, details, retryAfterMs, isRetryable, mayFailOver });
}
