import type { Clock } from '@multimodel/core';
import type { RequestHeaders } from '../transport/transport.ts';
import type { RequestAuth } from './request-auth.ts';

export interface Token {
  readonly value: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

export interface TokenOptions {
  readonly signal: AbortSignal;
  /** Fetch a new one even if the old one looks valid. */
  readonly forceRefresh?: boolean | undefined;
}

/** Hands out a token that is valid now. */
export interface TokenSource {
  get(options: TokenOptions): Promise<string>;
}

export interface TokenCacheOptions {
  /** Asks the vendor. The signal is aborted when nobody waits any more. */
  fetchToken(options: { readonly signal: AbortSignal }): Promise<Token>;
  /** A token is replaced this long before it expires, at most half its life. */
  readonly refreshEarlyMs: number;
  readonly clock: Clock;
}

interface Flight {
  readonly promise: Promise<Token>;
  readonly controller: AbortController;
  /** Callers that have not left. */
  waiters: number;
}

/**
 * One token for all callers: concurrent callers share one fetch, which goes on while at least one of them waits; errors are not kept.
 * An early refresh that fails gives the old token as long as it is valid. Throws what `fetchToken` throws, and the reason of the caller's signal.
 *
 * @example
 * const tokens = createTokenCache({ fetchToken: ({ signal }) => exchangeJwt(signal), refreshEarlyMs: 60_000, clock: context.clock });
 * const auth = tokenAuth(tokens, (token) => ({ authorization: `Bearer ${token}` }));
 */
export function createTokenCache(options: TokenCacheOptions): TokenSource {
  return new TokenCache(options);
}

class TokenCache implements TokenSource {
  readonly #options: TokenCacheOptions;
  #token: (Token & { readonly refreshAt: number }) | undefined;
  #flight: Flight | undefined;

  constructor(options: TokenCacheOptions) {
    this.#options = options;
  }

  async get({ signal, forceRefresh = false }: TokenOptions): Promise<string> {
    signal.throwIfAborted();
    const now = this.#options.clock.now();
    const old = forceRefresh ? undefined : this.#token;
    if (old && now < old.refreshAt) return old.value;
    try {
      const fresh = await this.#join(signal);
      return fresh.value;
    } catch (error) {
      if (!signal.aborted && old && this.#options.clock.now() < old.expiresAt) return old.value;
      throw error;
    }
  }

  #join(signal: AbortSignal): Promise<Token> {
    this.#flight ??= this.#start();
    const flight = this.#flight;
    flight.waiters += 1;
    const { promise, resolve, reject } = Promise.withResolvers<Token>();
    const leave = (): void => {
      reject(signal.reason);
      flight.waiters -= 1;
      if (flight.waiters === 0) this.#abandon(flight);
    };
    signal.addEventListener('abort', leave, { once: true });
    flight.promise.then(resolve, reject);
    return promise.finally(() => signal.removeEventListener('abort', leave));
  }

  #start(): Flight {
    const controller = new AbortController();
    const flight: Flight = { controller, waiters: 0, promise: this.#fetch(controller.signal) };
    const land = (): void => {
      if (this.#flight === flight) this.#flight = undefined;
    };
    flight.promise.then(land, land);
    return flight;
  }

  async #fetch(signal: AbortSignal): Promise<Token> {
    const { clock, fetchToken, refreshEarlyMs } = this.#options;
    const token = await fetchToken({ signal });
    const lifeMs = Math.max(token.expiresAt - clock.now(), 0);
    this.#token = { ...token, refreshAt: token.expiresAt - Math.min(refreshEarlyMs, lifeMs / 2) };
    return token;
  }

  #abandon(flight: Flight): void {
    if (this.#flight === flight) this.#flight = undefined;
    flight.controller.abort();
  }
}

/**
 * Headers made from a token. After a 401 a new token is fetched, unless another call has already brought one.
 *
 * @example
 * const auth = tokenAuth(tokens, (token) => ({ authorization: `Bearer ${token}` }));
 */
export function tokenAuth(tokens: TokenSource, toHeaders: (token: string) => RequestHeaders): RequestAuth {
  return {
    canRefresh: true,
    async headers({ signal, forceRefresh, refused }) {
      const current = toHeaders(await tokens.get({ signal }));
      if (!forceRefresh || (refused && !isSame(current, refused))) return current;
      return toHeaders(await tokens.get({ signal, forceRefresh: true }));
    },
  };
}

function isSame(a: RequestHeaders, b: RequestHeaders): boolean {
  return Object.keys(a).every((name) => a[name] === b[name]);
}
