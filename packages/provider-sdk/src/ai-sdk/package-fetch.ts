import { Agent, type RequestInfo, type RequestInit, type Response, fetch as send } from 'undici';
import { guardedLookup } from '../transport/address-guard.ts';

/** For the setting `fetch` that every provider of the AI SDK has. Disposing of it closes its connections. */
export interface PackageFetch extends AsyncDisposable {
  fetch(input: RequestInfo, init?: RequestInit): Promise<Response>;
}

/**
 * A `fetch` for packages of others that obeys the rules of our own transports: a typed host name may not lead into a private network,
 * redirects are not followed, nothing is cut off by a time limit of its own. Made in `create`, where the rules hold.
 *
 * @example
 * const connection = createPackageFetch({ connectTimeoutMs: 10_000 });
 * const mistral = createMistral({ apiKey, fetch: connection.fetch });
 */
export function createPackageFetch({ connectTimeoutMs }: { readonly connectTimeoutMs: number }): PackageFetch {
  const dispatcher = new Agent({ connect: { timeout: connectTimeoutMs, ...guardedLookup() }, headersTimeout: 0, bodyTimeout: 0 });
  return {
    fetch: (input, init) => send(input, { ...init, dispatcher, redirect: 'manual' }),
    [Symbol.asyncDispose]: () => dispatcher.destroy(),
  };
}
