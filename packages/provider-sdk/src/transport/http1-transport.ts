import type { IncomingHttpHeaders } from 'node:http';
import { type Dispatcher, Pool } from 'undici';
import { cancelledError } from '../errors/provider-error.ts';
import { type Address, parseAddress } from './address.ts';
import { guardedLookup } from './address-guard.ts';
import { BodyQueue } from './body-queue.ts';
import { joinHeaders } from './join-headers.ts';
import { findUnsendable, toWireHeaders } from './sendable.ts';
import { toConnectOptions } from './tls-context.ts';
import { defaultKeepAliveMs, type Transport, type TransportOptions, type TransportRequest, type TransportResponse } from './transport.ts';
import { codeOf, itself, transportError, unsendableError } from './transport-fault.ts';

export interface Http1Options extends TransportOptions {
  /** Sockets at most; more requests wait for one. Absent: no bound. */
  readonly connections?: number | undefined;
}

/**
 * HTTP/1.1 over a pool of keep-alive sockets, one request per socket at a time. No timeouts but the one for connecting:
 * how long an answer may take is the business of `withTimeouts`.
 *
 * @example
 * await using transport = createHttp1Transport({ providerId: 'openai', baseUrl: 'https://api.openai.com/v1', connectTimeoutMs: 5000 });
 * const response = await transport.request({ method: 'GET', path: '/models', headers: { authorization: `Bearer ${key}` }, signal });
 * const models = await readJson(response, { providerId: 'openai', limitBytes: 1_000_000 });
 */
export function createHttp1Transport(options: Http1Options): Transport {
  const address = parseAddress(options.baseUrl, options.providerId);
  const { keepAliveMs = defaultKeepAliveMs } = options;
  const pool = new Pool(address.origin, {
    connections: options.connections ?? null,
    pipelining: 1,
    allowH2: false,
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: keepAliveMs,
    keepAliveMaxTimeout: keepAliveMs, // A server's hint may only shorten it.
    connect: {
      timeout: options.connectTimeoutMs,
      ...guardedLookup(options.resolve),
      ...(address.isSecure ? toConnectOptions(options.tls) : {}),
    },
  });
  return {
    request: (request) =>
      new Promise((resolve, reject) => new Http1Exchange(options.providerId, address, { resolve, reject }).start(pool, request)),
    [Symbol.asyncDispose]: () => pool.destroy(),
  };
}

interface Settle {
  readonly resolve: (response: TransportResponse) => void;
  readonly reject: (error: Error) => void;
}

/** One request and its answer: undici's callbacks on one side, a promise and a `BodyQueue` on the other. */
class Http1Exchange implements Dispatcher.DispatchHandler {
  readonly #providerId: string;
  readonly #address: Address;
  readonly #settle: Settle;
  #controller: Dispatcher.DispatchController | undefined;
  #signal: AbortSignal | undefined;
  #body: BodyQueue | undefined;
  #isOver = false;
  #isSent = false;

  constructor(providerId: string, address: Address, settle: Settle) {
    this.#providerId = providerId;
    this.#address = address;
    this.#settle = settle;
  }

  start(pool: Pool, request: TransportRequest): void {
    const place = { providerId: this.#providerId, host: this.#address.host };
    const refusal = request.signal.aborted ? cancelledError(this.#providerId) : findUnsendable(request, place);
    if (refusal) {
      this.#settle.reject(refusal);
      return;
    }
    this.#signal = request.signal;
    request.signal.addEventListener('abort', this.#cancel, { once: true });
    const { method, headers, body = null } = request;
    try {
      pool.dispatch({ method, path: this.#address.basePath + request.path, headers: toWireHeaders(headers), body }, this);
    } catch (error) {
      this.#fail(unsendableError(itself, place, error), true);
    }
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    this.#isSent = true;
    if (this.#isOver) this.#destroy();
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200) return;
    const body = new BodyQueue({ pause: () => controller.pause(), resume: () => controller.resume(), destroy: this.#leave });
    this.#body = body;
    this.#settle.resolve({ status, headers: joinHeaders(headers), body, httpVersion: '1.1' });
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#body?.push(chunk);
  }

  onResponseEnd(): void {
    this.#release();
    this.#body?.end();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    const place = { providerId: this.#providerId, host: this.#address.host };
    const isUnsendable = codeOf(error) === 'UND_ERR_INVALID_ARG';
    this.#fail(isUnsendable ? unsendableError(itself, place, error) : transportError(error, { ...place, phase: this.#phase() }), false);
  }

  readonly #cancel = (): void => {
    this.#fail(cancelledError(this.#providerId), true);
    this.#destroy();
  };

  readonly #leave = (): void => {
    this.#release();
    this.#destroy();
  };

  #fail(error: Error, isImmediate: boolean): void {
    this.#release();
    if (this.#body) this.#body.fail(error, isImmediate);
    else this.#settle.reject(error);
  }

  #phase(): 'connect' | 'response' | 'stream' {
    if (this.#body) return 'stream';
    return this.#isSent ? 'response' : 'connect';
  }

  #destroy(): void {
    const controller = this.#controller;
    if (controller && !controller.aborted) controller.abort(cancelledError(this.#providerId));
  }

  #release(): void {
    this.#isOver = true;
    this.#signal?.removeEventListener('abort', this.#cancel);
  }
}
