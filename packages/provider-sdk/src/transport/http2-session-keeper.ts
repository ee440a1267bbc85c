import { type ClientHttp2Session, type ClientHttp2Stream, connect as connectHttp2, constants } from 'node:http2';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { faultTexts } from '../errors/fault-texts.ts';
import { cancelledError, createProviderError } from '../errors/provider-error.ts';
import type { Address } from './address.ts';
import { guardedLookup } from './address-guard.ts';
import { toConnectOptions } from './tls-context.ts';
import { defaultKeepAliveMs, type TransportOptions } from './transport.ts';
import { connectTimeoutError, transportError } from './transport-fault.ts';

/** A reader that is behind must not take the whole connection's window from the others. */
const sessionWindowBytes = 8 * 1024 * 1024;

/** One connection with what must be known to give it up in time. */
export class HeldSession {
  readonly session: ClientHttp2Session;
  readonly #socket: Socket;
  #openStreams = 0;
  #isDoubted = false;

  constructor(session: ClientHttp2Session, socket: Socket, keepAliveMs: number) {
    this.session = session;
    this.#socket = socket;
    session.setTimeout(keepAliveMs, () => {
      if (this.#openStreams === 0) session.close();
    });
  }

  get isUsable(): boolean {
    return !this.#isDoubted && !this.session.closed && !this.session.destroyed;
  }

  get bytesRead(): number {
    return this.#socket.bytesRead;
  }

  take(stream: ClientHttp2Stream): void {
    this.#openStreams += 1;
    stream.once('close', () => {
      this.#openStreams -= 1;
    });
  }

  /** Given up on without a sign of life: the way may be dead, so the next request takes another one. Streams still open may end. */
  doubt(): void {
    this.#isDoubted = true;
    this.session.close();
  }
}

/** Holds the one live session of an address; whoever asks while it is being opened waits for the same. */
export class Http2SessionKeeper {
  readonly #options: TransportOptions;
  readonly #address: Address;
  readonly #tls: ReturnType<typeof toConnectOptions>;
  readonly #lookup: ReturnType<typeof guardedLookup>;
  readonly #disposed = new AbortController();
  readonly #all = new Set<ClientHttp2Session>();
  #opening: Promise<HeldSession> | undefined;
  #current: HeldSession | undefined;

  constructor(options: TransportOptions, address: Address) {
    this.#options = options;
    this.#address = address;
    this.#tls = toConnectOptions(options.tls);
    this.#lookup = guardedLookup(options.resolve);
  }

  async get(signal: AbortSignal): Promise<HeldSession> {
    if (this.#current?.isUsable) return this.#current;
    this.#opening ??= this.#open().finally(() => {
      this.#opening = undefined;
    });
    return abortable(this.#opening, signal, () => cancelledError(this.#options.providerId));
  }

  destroy(): void {
    this.#disposed.abort();
    // With an error: without one the streams in flight would look as if they had ended well.
    const closed = Object.assign(new Error('The transport is closed'), { code: 'UND_ERR_CLOSED' });
    for (const session of this.#all) session.destroy(closed, constants.NGHTTP2_CANCEL);
  }

  async #open(): Promise<HeldSession> {
    const { providerId } = this.#options;
    const { host, origin } = this.#address;
    if (this.#disposed.signal.aborted) throw transportError({ code: 'UND_ERR_DESTROYED' }, { providerId, host, phase: 'connect' });
    const socket = await this.#connect();
    if ('alpnProtocol' in socket && socket.alpnProtocol !== 'h2') {
      socket.destroy();
      throw createProviderError('protocol', faultTexts.noHttp2(host), { providerId, details: { host, reason: 'no_http2' } });
    }
    const session = connectHttp2(origin, { createConnection: () => socket });
    const held = new HeldSession(session, socket, this.#options.keepAliveMs ?? defaultKeepAliveMs);
    this.#adopt(held);
    return held;
  }

  #adopt(held: HeldSession): void {
    const { session } = held;
    const forget = (): void => {
      if (this.#current === held) this.#current = undefined;
    };
    session.on('error', forget); // Each stream reports the fault; without a listener it would end the process.
    session.on('goaway', forget);
    session.once('close', () => {
      forget();
      this.#all.delete(session);
    });
    session.once('connect', () => session.setLocalWindowSize(sessionWindowBytes));
    this.#all.add(session);
    this.#current = held;
  }

  #connect(): Promise<Socket | TLSSocket> {
    const { providerId, connectTimeoutMs } = this.#options;
    const { host, hostname, port, isSecure } = this.#address;
    const { promise, resolve, reject } = Promise.withResolvers<Socket | TLSSocket>();
    const serverName = isIP(hostname) === 0 ? { servername: hostname } : {};
    const socket = isSecure
      ? connectTls({ host: hostname, port, ALPNProtocols: ['h2', 'http/1.1'], ...serverName, ...this.#lookup, ...this.#tls })
      : connectTcp({ host: hostname, port, ...this.#lookup });
    const giveUp = (error: Error): void => {
      reject(error);
      socket.destroy();
    };
    const timer = setTimeout(() => giveUp(connectTimeoutError({ providerId, host })), connectTimeoutMs);
    const fail = (cause: unknown): void => giveUp(transportError(cause, { providerId, host, phase: 'connect' }));
    const dispose = (): void => fail({ code: 'UND_ERR_DESTROYED' });
    this.#disposed.signal.addEventListener('abort', dispose);
    socket.setNoDelay(true);
    socket.setKeepAlive(true, defaultKeepAliveMs);
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
