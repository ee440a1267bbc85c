import { NetworkError, toApiError } from './errors.ts';

export type Fetch = (input: string, init?: RequestInit) => Promise<Response>;

export interface HttpOptions {
  /** Origin of the server without a slash at the end; empty = the page's own. */
  readonly baseUrl: string;
  readonly fetch?: Fetch | undefined;
  /** Sent with every request, for example `authorization`. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Language of the texts in errors; a function when it may change. */
  readonly language?: string | (() => string | undefined) | undefined;
}

export interface HttpRequest {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE' | undefined;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, instead of `body`; its type stands in `headers`. */
  readonly content?: Blob | Uint8Array<ArrayBuffer> | undefined;
  /** For this request only. */
  readonly fetch?: Fetch | undefined;
  readonly query?: Readonly<Record<string, string | number | undefined>> | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Http {
  /** The raw answer: 2xx, or an `ApiError`. */
  send(path: string, request?: HttpRequest): Promise<Response>;
  json<Body>(path: string, request?: HttpRequest): Promise<Body>;
}

function toQuery(query: HttpRequest['query']): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined) params.set(name, String(value));
  }
  return params.size === 0 ? '' : `?${params.toString()}`;
}

export function createHttp(options: HttpOptions): Http {
  const callFetch: Fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
  const baseUrl = options.baseUrl.replace(/\/+$/, '');

  function headersFor(request: HttpRequest): Record<string, string> {
    const language = typeof options.language === 'function' ? options.language() : options.language;
    return {
      accept: 'application/json',
      ...(language ? { 'accept-language': language } : {}),
      ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...options.headers,
      ...request.headers,
    };
  }

  async function send(path: string, request: HttpRequest = {}): Promise<Response> {
    const init: RequestInit = { method: request.method ?? 'GET', headers: headersFor(request) };
    if (request.body !== undefined) init.body = JSON.stringify(request.body);
    if (request.content !== undefined) init.body = request.content;
    if (request.signal) init.signal = request.signal;
    const response = await reach(() => (request.fetch ?? callFetch)(`${baseUrl}${path}${toQuery(request.query)}`, init), request.signal);
    if (!response.ok) throw await toApiError(response);
    return response;
  }

  return {
    send,
    async json(path, request = {}) {
      const response = await send(path, request);
      return reach(async () => parseBody(await response.text()), request.signal);
    },
  };
}

/** The caller's own abort passes as it is; anything else that stops a request is a `NetworkError`. */
async function reach<T>(act: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    signal?.throwIfAborted();
    throw new NetworkError('No connection to the server', { cause });
  }
}

/** A page from a captive portal is no JSON and fails here. */
function parseBody<Body>(text: string): Body {
  const body: unknown = JSON.parse(text);
  if (!isTrusted<Body>(body)) throw new TypeError('The answer is empty');
  return body;
}

/** The type is the server's promise, which validates what it sends: checking again here would cost a schema in every page. */
function isTrusted<Body>(body: unknown): body is Body {
  return body !== null;
}
