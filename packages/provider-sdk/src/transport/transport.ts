import type { ResolveHost } from './address-guard.ts';

/** Names in lower case; repeated headers joined with `, `. */
export type ResponseHeaders = Readonly<Record<string, string>>;
export type RequestHeaders = Readonly<Record<string, string>>;

/** What goes out. `path` is appended to the path of the transport's `baseUrl` and may carry a query. */
export interface TransportRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Begins with `/`. */
  readonly path: string;
  readonly headers?: RequestHeaders | undefined;
  readonly body?: string | Uint8Array | undefined;
  /** Aborting destroys the connection (HTTP/1.1) or resets the stream (HTTP/2) at once. */
  readonly signal: AbortSignal;
}

/**
 * The bytes of an answer as they come. Leaving the iteration early closes the vendor's connection or stream at once;
 * not reading pauses the vendor. At most about 64 KiB wait here. Iterate once.
 */
export interface ResponseBody extends AsyncIterable<Uint8Array> {
  /**
   * What is left is of no interest: reads it off in the background (at most 64 KiB and one second) so that the connection can
   * serve the next request, and closes it if there is more.
   */
  drain(): void;
}

export interface TransportResponse {
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** Must be read, left or drained, else the connection stays taken until the signal is aborted. */
  readonly body: ResponseBody;
  readonly httpVersion: '1.1' | '2';
}

/**
 * A way to one vendor address. Any status is an answer, not an error. Throws and the body throws `ProviderError`:
 * `network` (details `{host, phase: 'connect' | 'response' | 'stream', reason: 'dns' | 'refused' | 'reset' | 'unreachable' |
 * 'private_address'}`),
 * `timeout` (details.phase `connect`), `tls` (details.reason `unknown_authority` | `self_signed` | `hostname` | `expired` | `handshake`),
 * `protocol` (not HTTP), `cancelled`. Disposing closes every connection; requests in flight fail with `network`.
 */
export interface Transport extends AsyncDisposable {
  request(request: TransportRequest): Promise<TransportResponse>;
}

/** PEM texts. */
export interface TlsOptions {
  /** Roots trusted in addition to the usual ones, for this transport only. */
  readonly ca?: readonly string[] | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  /** Of an encrypted `key`. */
  readonly passphrase?: string | undefined;
  /** False accepts any certificate: for tests and closed networks. */
  readonly rejectUnauthorized?: boolean | undefined;
}

export const defaultKeepAliveMs = 30_000;

export interface TransportOptions {
  /** Slug of the configured provider; named in errors. */
  readonly providerId: string;
  /** `http:` or `https:`; a path in it is kept, for example `https://api.openai.com/v1`. */
  readonly baseUrl: string;
  /** TCP and TLS together. */
  readonly connectTimeoutMs: number;
  /** A connection without a request for so long is closed, before the vendor or a sleeping laptop does it unseen. Default 30 s. */
  readonly keepAliveMs?: number | undefined;
  readonly tls?: TlsOptions | undefined;
  /** Looks host names up in place of the system; for tests. */
  readonly resolve?: ResolveHost | undefined;
}
