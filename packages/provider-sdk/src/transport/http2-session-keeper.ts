import { type ClientHttp2Session, connect as connectHttp2, constants } from 'node:http2';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { cancelledError, createProviderError } from '../errors/provider-error.ts';
import type { Address } from './address.ts';
import { toConnectOptions } from './tls-context.ts';
import type { TransportOptions } from './transport.ts';
import { connectTimeoutError, transportError } from './transport-fault.ts';

/** A reader that is behind must not take the whole connection's window from the others. */
const sessionWindowBytes = 8 * 1024 * 1024;

/** Holds the one live session of an address; whoever asks while it is being opened waits for the same. */
export class Http2SessionKeeper {
  readonly #options: TransportOptions;
  readonly #address: Address;
  readonly #tls: ReturnType<typeof toConnectOptions>;
  readonly #disposed = new AbortController();
  readonly #sessions = new Set<ClientHttp2Session>();
  #opening: Promise<ClientHttp2Session> | undefined;
  #current: ClientHttp2Session | undefined;

  constructor(options: TransportOptions, address: Address) {
    this.#options = options;
    this.#address = address;
    this.#tls = toConnectOptions(options.tls);
  }

  async get(signal: AbortSignal): Promise<ClientHttp2Session> {
    const session = this.#current;
    if (session && !session.closed && !session.destroyed) return session;
    this.#opening ??= this.#open().finally(() => {
      this.#opening = undefined;
    });
    return abortable(this.#opening, signal, () => cancelledError(this.#options.providerId));
  }

  destroy(): void {
    this.#disposed.abort();
    // With an error: without one the streams in flight would look as if they had ended well.
    const closed = Object.assign(new Error('The transport is closed'), { code: 'UND_ERR_CLOSED' });
    for (const session of this.#sessions) session.destroy(closed, constants.NGHTTP2_CANCEL);
  }

  async #open(): Promise<ClientHttp2Session> {
    const { providerId } = this.#options;
    const { host, origin } = this.#address;
    if (this.#disposed.signal.aborted) throw transportError({ code: 'UND_ERR_DESTROYED' }, { providerId, host, phase: 'connect' });
    const socket = await this.#connect();
    if ('alpnProtocol' in socket && socket.alpnProtocol !== 'h2') {
      socket.destroy();
      throw createProviderError('protocol', `${host} does not offer HTTP/2`, { providerId, details: { host, reason: 'no_http2' } });
    }
    const session = connectHttp2(origin, { createConnection: () => socket });
    this.#adopt(session);
    return session;
  }

  #adopt(session: ClientHttp2Session): void {
    const forget = (): void => {
      if (this.#current === session) this.#current = undefined;
    };
    session.on('error', forget); // Each stream reports the fault; without a listener it would end the process.
    session.on('goaway', forget);
    session.once('close', () => {
      forget();
      this.#sessions.delete(session);
    });
    session.once('connect', () => session.setLocalWindowSize(sessionWindowBytes));
    this.#sessions.add(session);
    this.#current = session;
  }

  #connect(): Promise<Socket | TLSSocket> {
    const { providerId, connectTimeoutMs } = this.#options;
    const { host, hostname, port, isSecure } = this.#address;
    const { promise, resolve, reject } = Promise.withResolvers<Socket | TLSSocket>();
    const serverName = isIP(hostname) === 0 ? { servername: hostname } : {};
    const socket = isSecure
      ? connectTls({ host: hostname, port, ALPNProtocols: ['h2', 'http/1.1'], ...serverName, ...this.#tls })
      : connectTcp({ host: hostname, port });
    const giveUp = (error: Error): void => {
      reject(error);
      socket.destroy();
    };
    const timer = setTimeout(() => giveUp(connectTimeoutError({ providerId, host })), connectTimeoutMs);
    const fail = (cause: unknown): void => giveUp(transportError(cause, { providerId, host, phase: 'connect' }));
    const dispose = (): void => fail({ code: 'UND_ERR_DESTROYED' });
    this.#disposed.signal.addEventListener('abort', dispose);
    socket.setNoDelay(true);
    socket.on('error', fail); // Stays: a late fault of an abandoned socket must not end the process.
    socket.once('close', () => fail({ code: 'ECONNRESET' }));
    socket.once(isSecure ? 'secureConnect' : 'connect', () => resolve(socket));
    return promise.finally(() => {
      clearTimeout(timer);
      this.#disposed.signal.removeEventListener('abort', dispose);
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
