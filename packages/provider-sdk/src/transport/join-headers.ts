import type { ResponseHeaders } from './transport.ts';

type RawHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Without HTTP/2's pseudo headers. Names come in lower case from undici and from `node:http2`. */
export function joinHeaders(headers: RawHeaders): ResponseHeaders {
  const joined: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined && !name.startsWith(':')) joined[name] = typeof value === 'object' ? value.join(', ') : String(value);
  }
  return joined;
}
