import { ProviderError } from '@multimodel/core';
import { parseAddress } from './address.ts';
import { createHttp1Transport, type Http1Options } from './http1-transport.ts';
import { createHttp2Transport } from './http2-transport.ts';
import type { Transport } from './transport.ts';

export interface AnyTransportOptions extends Http1Options {
  /** `auto`: HTTP/2 where a TLS server offers it (ALPN), else HTTP/1.1; which one it was stands in `response.httpVersion`. */
  readonly http: '1.1' | '2' | 'auto';
}

/**
 * The transport that a setting asks for.
 *
 * @example
 * const transport = createTransport({ http: settings.http, providerId: context.slug, baseUrl: settings.baseUrl, connectTimeoutMs: 5000 });
 */
export function createTransport(options: AnyTransportOptions): Transport {
  if (options.http === '2') return createHttp2Transport(options);
  const http1 = createHttp1Transport(options);
  return options.http === '1.1' || !parseAddress(options.baseUrl, options.providerId).isSecure
    ? http1
    : createNegotiatingTransport(createHttp2Transport(options), http1);
}

/** Once a server was found without HTTP/2 it is not asked again: the question costs a TLS handshake. */
function createNegotiatingTransport(http2: Transport, http1: Transport): Transport {
  let hasHttp2 = true;
  return {
    async request(request) {
      if (!hasHttp2) return http1.request(request);
      try {
        return await http2.request(request);
      } catch (error) {
        if (!isWithoutHttp2(error)) throw error;
        hasHttp2 = false;
        return http1.request(request);
      }
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([http2[Symbol.asyncDispose](), http1[Symbol.asyncDispose]()]);
    },
  };
}

function isWithoutHttp2(error: unknown): boolean {
  return error instanceof ProviderError && error.details['reason'] === 'no_http2';
}
