import { type ClientHttp2Session, type ClientHttp2Stream, constants, type OutgoingHttpHeaders } from 'node:http2';
import { cancelledError } from '../errors/provider-error.ts';
import { type Address, parseAddress } from './address.ts';
import { BodyQueue } from './body-queue.ts';
import { type HeldSession, Http2SessionKeeper } from './http2-session-keeper.ts';
import { joinHeaders } from './join-headers.ts';
import { findUnsendable, toWireHeaders } from './sendable.ts';
import type { Transport, TransportOptions, TransportRequest, TransportResponse } from './transport.ts';
import { itself, transportError, unsendableError } from './transport-fault.ts';

/**
 * HTTP/2 over one connection with concurrent streams, opened by the first request and again after GOAWAY or a close.
 * `http:` means prior knowledge. Throws `protocol` with details.reason `no_http2` when a TLS server does not offer HTTP/2.
 *
 * @example
 * await using transport = createHttp2Transport({ providerId: 'gigachat', baseUrl, connectTimeoutMs: 5000, tls: { ca: [russianRootCa] } });
 */
export function createHttp2Transport(options: TransportOptions): Transport {
  const address = parseAddress(options.baseUrl, options.providerId);
  const sessions = new Http2SessionKeeper(options, address);
  return {
    async request(request) {
      const place = { providerId: options.providerId, host: address.host };
      const refusal = request.signal.aborted ? cancelledError(options.providerId) : findUnsendable(request, place);
      if (refusal) throw refusal;
      const held = await sessions.get(request.signal);
      return new Http2Exchange(options.providerId, address, request).start(held);
    },
    async [Symbol.asyncDispose]() {
      sessions.destroy();
    },
  };
}

/** One request and its answer: a stream of `node:http2` on one side, a promise and a `BodyQueue` on the other. */
class Http2Exchange {
  readonly #providerId: string;
  readonly #address: Address;
  readonly #request: TransportRequest;
  readonly #answer = Promise.withResolvers<TransportResponse>();
  #isAnswered = false;

  constructor(providerId: string, address: Address, request: TransportRequest) {
    this.#providerId = providerId;
    this.#address = address;
    this.#request = request;
  }

  async start(held: HeldSession): Promise<TransportResponse> {
    const { signal, body: content } = this.#request;
    if (signal.aborted) throw cancelledError(this.#providerId);
    const bytesBefore = held.bytesRead;
    const stream = this.#open(held.session);
    held.take(stream);
    const release = (): void => signal.removeEventListener('abort', cancel);
    const destroy = (): void => {
      release();
      reset(stream);
    };
    const body = new BodyQueue({ pause: () => stream.pause(), resume: () => stream.resume(), destroy });
    const cancel = (): void => {
      this.#fail(body, cancelledError(this.#providerId), true);
      reset(stream);
      if (held.bytesRead === bytesBefore) held.doubt();
    };
    signal.addEventListener('abort', cancel, { once: true });
    stream.once('close', release);
    this.#listen(stream, body);
    stream.end(content);
    return this.#answer.promise;
  }

  #listen(stream: ClientHttp2Stream, body: BodyQueue): void {
    stream.once('response', (headers) => {
      this.#isAnswered = true;
      this.#answer.resolve({ status: Number(headers[':status'] ?? 0), headers: joinHeaders(headers), body, httpVersion: '2' });
    });
    stream.on('data', (chunk: Buffer) => body.push(chunk));
    stream.once('end', () => {
      // A stream that was reset also says 'end'; its 'close' comes with the fault.
      if (!stream.aborted && stream.rstCode === constants.NGHTTP2_NO_ERROR) body.end();
    });
    stream.on('error', (cause) => this.#fail(body, this.#fault(cause), false));
    stream.once('close', () => this.#fail(body, this.#fault({ code: 'ERR_HTTP2_STREAM_CANCEL' }), false));
  }

  #open(session: ClientHttp2Session): ClientHttp2Stream {
    try {
      return session.request(this.#headers());
    } catch (error) {
      if (session.closed || session.destroyed) throw this.#fault({ code: 'ERR_HTTP2_INVALID_SESSION' });
      throw unsendableError(itself, { providerId: this.#providerId, host: this.#address.host }, error);
    }
  }

  #headers(): OutgoingHttpHeaders {
    const { method, path, headers, body } = this.#request;
    const wire: OutgoingHttpHeaders = { ':method': method, ':path': this.#address.basePath + path, ...toWireHeaders(headers) };
    if (body !== undefined) wire['content-length'] = String(typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength);
    return wire;
  }

  #fault(cause: unknown): Error {
    const phase = this.#isAnswered ? 'stream' : 'response';
    return transportError(cause, { providerId: this.#providerId, host: this.#address.host, phase });
  }

  /** The first fault wins; those after it find the promise settled and the body failed, ended or left. */
  #fail(body: BodyQueue, error: Error, isImmediate: boolean): void {
    this.#answer.reject(error);
    body.fail(error, isImmediate);
  }
}

function reset(stream: ClientHttp2Stream): void {
  stream.close(constants.NGHTTP2_CANCEL);
  stream.destroy();
}
