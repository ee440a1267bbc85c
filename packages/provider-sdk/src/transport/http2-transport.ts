import { type ClientHttp2Session, type ClientHttp2Stream, connect as connectHttp2, constants, type OutgoingHttpHeaders } from 'node:http2';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { cancelledError, createProviderError } from '../errors/provider-error.ts';
import { type Address, parseAddress } from './address.ts';
import { BodyQueue } from './body-queue.ts';
import { joinHeaders } from './http1-transport.ts';
import { toConnectOptions } from './tls-context.ts';
import type { Transport, TransportOptions, TransportRequest, TransportResponse } from './transport.ts';
import { connectTimeoutError, transportError, unsendableError } from './transport-fault.ts';

/** A reader that is behind must not take the whole connection's window from the others. */
const sessionWindowBytes = 8 * 1024 * 1024;

/**
 * HTTP/2 over one connection with concurrent streams, opened by the first request and again after GOAWAY or a close.
 * `http:` means prior knowledge. Throws `protocol` with details.reason `no_http2` when a TLS server does not offer HTTP/2.
 *
 * @example
 * await using transport = createHttp2Transport({ providerId: 'gigachat', baseUrl, connectTimeoutMs: 5000, tls: { ca: [russianRootCa] } });
 */
export function createHttp2Transport(options: TransportOptions): Transport {
  const address = parseAddress(options.baseUrl, options.providerId);
  const sessions = new SessionKeeper(options, address);
  return {
    async request(request) {
      if (request.signal.aborted) throw cancelledError(options.providerId);
      const session = await sessions.get(request.signal);
      return exchange(session, request, { address, providerId: options.providerId });
    },
    async [Symbol.asyncDispose]() {
      sessions.destroy();
    },
  };
}

/** Holds the one live session; whoever asks while it is being opened waits for the same. */
class SessionKeeper {
  readonly #options: TransportOptions;
  readonly #address: Address;
  readonly #connectOptions: ReturnType<typeof toConnectOptions>;
  #opening: Promise<ClientHttp2Session> | undefined;
  #session: ClientHttp2Session | undefined;
  #isDestroyed = false;
  readonly #disposed = new AbortController();

  constructor(options: TransportOptions, address: Address) {
    this.#options = options;
    this.#address = address;
    this.#connectOptions = toConnectOptions(options.tls);
  }

  async get(signal: AbortSignal): Promise<ClientHttp2Session> {
    const session = this.#session;
    if (session && !session.closed && !session.destroyed) return session;
    this.#opening ??= this.#open().finally(() => (this.#opening = undefined));
    return abortable(this.#opening, signal, () => cancelledError(this.#options.providerId));
  }

  destroy(): void {
    this.#isDestroyed = true;
    this.#disposed.abort();
    this.#session?.destroy();
  }

  async #open(): Promise<ClientHttp2Session> {
    const { providerId } = this.#options;
    const place = { providerId, host: this.#address.host };
    if (this.#isDestroyed) throw transportError({ code: 'UND_ERR_DESTROYED' }, { ...place, phase: 'connect' });
    const socket = await this.#connect();
    if ('alpnProtocol' in socket && socket.alpnProtocol !== 'h2') {
      socket.destroy();
      throw createProviderError('protocol', `${place.host} does not offer HTTP/2`, { providerId, details: { host: place.host, reason: 'no_http2' } });
    }
    const session = connectHttp2(this.#address.origin, { createConnection: () => socket });
    session.on('error', () => undefined); // Each stream reports it; without a listener it would end the process.
    session.on('goaway', () => this.#forget(session));
    session.on('close', () => this.#forget(session));
    session.once('connect', () => session.setLocalWindowSize(sessionWindowBytes));
    session.unref();
    this.#session = session;
    return session;
  }

  #forget(session: ClientHttp2Session): void {
    if (this.#session === session) this.#session = undefined;
  }

  #connect(): Promise<Socket | TLSSocket> {
    const { providerId, connectTimeoutMs } = this.#options;
    const { host, hostname, port, isSecure } = this.#address;
    const { promise, resolve, reject } = Promise.withResolvers<Socket | TLSSocket>();
    const servername = /^[\d.]+$|:/.test(hostname) ? {} : { servername: hostname };
    const socket = isSecure
      ? connectTls({ host: hostname, port, ALPNProtocols: ['h2', 'http/1.1'], ...servername, ...this.#connectOptions })
      : connectTcp({ host: hostname, port });
    const timer = setTimeout(() => {
      reject(connectTimeoutError({ providerId, host }));
      socket.destroy();
    }, connectTimeoutMs);
    const abandon = (): void => {
      socket.destroy(Object.assign(new Error('The transport is closed'), { code: 'UND_ERR_DESTROYED' }));
    };
    this.#disposed.signal.addEventListener('abort', abandon);
    const fail = (error: Error): void => reject(transportError(error, { providerId, host, phase: 'connect' }));
    socket.setNoDelay(true);
    socket.once('error', fail);
    socket.once(isSecure ? 'secureConnect' : 'connect', () => resolve(socket));
    return promise.finally(() => {
      clearTimeout(timer);
      this.#disposed.signal.removeEventListener('abort', abandon);
      socket.on('error', () => undefined);
      socket.off('error', fail);
    });
  }
}

function abortable<T>(work: Promise<T>, signal: AbortSignal, toError: () => Error): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const abort = (): void => reject(toError());
  signal.addEventListener('abort', abort, { once: true });
  work.then(resolve, reject);
  return promise.finally(() => signal.removeEventListener('abort', abort));
}

interface ExchangePlace {
  readonly address: Address;
  readonly providerId: string;
}

function exchange(session: ClientHttp2Session, request: TransportRequest, { address, providerId }: ExchangePlace): Promise<TransportResponse> {
  const { promise, resolve, reject } = Promise.withResolvers<TransportResponse>();
  const place = { providerId, host: address.host };
  if (request.signal.aborted) return Promise.reject(cancelledError(providerId));
  const stream = openStream(session, request, address, place);
  const { body, fail } = streamBody(stream, () => (release(), reset(stream)));
  let isAnswered = false;
  const cancel = (): void => {
    const error = cancelledError(providerId);
    reject(error);
    fail(error, true);
    reset(stream);
  };
  const release = (): void => request.signal.removeEventListener('abort', cancel);
  request.signal.addEventListener('abort', cancel, { once: true });
  stream.once('response', (headers) => {
    isAnswered = true;
    resolve({ status: Number(headers[':status'] ?? 0), headers: joinHeaders(headers), body, httpVersion: '2' });
  });
  stream.on('error', (cause) => {
    const error = transportError(cause, { ...place, phase: isAnswered ? 'stream' : 'response' });
    reject(error);
    fail(error, false);
  });
  stream.once('close', () => {
    release();
    const error = transportError({ code: 'ERR_HTTP2_STREAM_CANCEL' }, { ...place, phase: isAnswered ? 'stream' : 'response' });
    reject(error);
    fail(error, false);
  });
  stream.end(request.body);
  return promise;
}

function openStream(session: ClientHttp2Session, request: TransportRequest, address: Address, place: { providerId: string; host: string }): ClientHttp2Stream {
  const headers: OutgoingHttpHeaders = {};
  const { headers: own = {}, body } = request;
  for (const name in own) headers[name.toLowerCase()] = own[name];
  headers[':method'] = request.method;
  headers[':path'] = address.basePath + request.path;
  if (body !== undefined) headers['content-length'] = String(typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength);
  try {
    return session.request(headers, { endStream: false });
  } catch (error) {
    if (session.closed || session.destroyed) throw transportError({ code: 'ERR_HTTP2_INVALID_SESSION' }, { ...place, phase: 'response' });
    throw unsendableError(place, error);
  }
}

function streamBody(stream: ClientHttp2Stream, leave: () => void): { readonly body: BodyQueue; readonly fail: BodyQueue['fail'] } {
  const body = new BodyQueue({ pause: () => stream.pause(), resume: () => stream.resume(), destroy: leave });
  stream.on('data', (chunk: Buffer) => body.push(chunk));
  stream.once('end', () => {
    // An aborted stream also says 'end'; its 'close' comes with the fault.
    if (!stream.aborted && stream.rstCode === constants.NGHTTP2_NO_ERROR) body.end();
  });
  return { body, fail: (error, isImmediate) => body.fail(error, isImmediate) };
}

function reset(stream: ClientHttp2Stream): void {
  stream.close(constants.NGHTTP2_CANCEL);
  stream.destroy();
}
