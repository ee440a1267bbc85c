import { createServer as createHttp1Server, type IncomingMessage } from 'node:http';
import { createServer as createHttp2Server, createSecureServer, type Http2ServerRequest } from 'node:http2';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { isRecord } from './json.ts';
import type { HttpResponse } from './wire-response.ts';

export type HttpRequest = IncomingMessage | Http2ServerRequest;

export interface ListenerTls {
  readonly key: string;
  /** The server's own certificate and, after it, those between it and the root. */
  readonly cert: string;
  /** Signs the certificates of clients; absent = none is asked for. */
  readonly clientCa?: string | undefined;
  /** Clients without a certificate are turned away in the handshake. */
  readonly needsClientCertificate?: boolean | undefined;
}

export interface ListenerOptions {
  readonly port: number;
  readonly host: string;
  /** Absent = plain text: HTTP/1.1, and HTTP/2 for those who begin with its preface. */
  readonly tls?: ListenerTls | undefined;
  accept(request: HttpRequest, response: HttpResponse): void;
}

const http2Preface = 'PRI * HTTP/2';
const keepAliveTimeout = 65_000;

/** One port for HTTP/1.1 and HTTP/2, with TLS or without. */
export class Listener implements AsyncDisposable {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly url: string;

  private constructor(server: Server, options: ListenerOptions) {
    this.#server = server;
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
      socket.on('error', () => undefined);
    });
    const address = server.address();
    const port = isRecord(address) ? String(address['port']) : '';
    this.url = `${options.tls === undefined ? 'http' : 'https'}://${options.host}:${port}`;
  }

  static async start(options: ListenerOptions): Promise<Listener> {
    const server = options.tls === undefined ? createPlainServer(options) : createTlsServer(options, options.tls);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(options.port, options.host, resolve);
    });
    return new Listener(server, options);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}

function createTlsServer(options: ListenerOptions, { key, cert, clientCa, needsClientCertificate = false }: ListenerTls): Server {
  const clients = clientCa === undefined ? {} : { ca: clientCa, requestCert: true, rejectUnauthorized: needsClientCertificate };
  const server = createSecureServer({ key, cert, allowHTTP1: true, ...clients });
  // The types do not know that the options of HTTP/1.1 are its members too.
  Object.assign(server, { keepAliveTimeout });
  server.on('request', (request, response) => options.accept(request, response));
  server.on('sessionError', () => undefined);
  return server;
}

/** The first bytes tell the two protocols apart. */
function createPlainServer(options: ListenerOptions): Server {
  const http1 = createHttp1Server({ keepAliveTimeout, requestTimeout: 0 }, (request, response) => options.accept(request, response));
  const http2 = createHttp2Server((request, response) => options.accept(request, response));
  http2.on('sessionError', () => undefined);
  return createTcpServer((socket) => {
    socket.once('data', (first: Buffer) => {
      socket.pause();
      socket.unshift(first);
      if (!first.toString('latin1').startsWith(http2Preface.slice(0, first.length))) {
        http1.emit('connection', socket);
        socket.resume();
        return;
      }
      // A session takes what was read out of the stream by itself: were it to flow, that would be lost.
      http2.emit('connection', socket);
    });
  });
}
