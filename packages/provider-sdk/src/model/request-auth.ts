import type { RequestHeaders } from '../transport/transport.ts';

export interface AuthOptions {
  readonly signal: AbortSignal;
  /** The vendor has just answered 401: make new headers even if the old ones look valid. */
  readonly forceRefresh: boolean;
  /** With `forceRefresh`: the headers that were refused, so that a refresh by another call is not done twice. */
  readonly refused?: RequestHeaders | undefined;
}

/** Makes the headers that authorise a request. Their values are kept out of every error by `BaseChatModel`. */
export interface RequestAuth {
  /** Whether a 401 may be cured by asking again with `forceRefresh`. */
  readonly canRefresh: boolean;
  headers(options: AuthOptions): Promise<RequestHeaders>;
}

/**
 * Headers that never change, such as those of an API key.
 *
 * @example
 * const auth = staticAuth({ authorization: `Api-Key ${settings.apiKey}` });
 */
export function staticAuth(headers: RequestHeaders): RequestAuth {
  return { canRefresh: false, headers: () => Promise.resolve(headers) };
}

/** Values of authorising headers, and their last word: `Bearer abc` gives `Bearer abc` and `abc`. */
export function secretsOf(headers: RequestHeaders): readonly string[] {
  return Object.values(headers).flatMap((value) => [value, value.slice(value.lastIndexOf(' ') + 1)]);
}
