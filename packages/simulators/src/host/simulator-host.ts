import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { RecordedRequest, SimulatorState } from '../conformance.ts';
import type { GenerationLedger } from './generation-ledger.ts';
import { isRecord, type Json, parseRecord } from './json.ts';

export interface Exchange extends RecordedRequest {
  readonly query: URLSearchParams;
  readonly response: ServerResponse;
}

export interface HostOptions {
  readonly port: number;
  readonly host: string;
  readonly ledger: GenerationLedger;
  /** How many requests stay readable; older ones are only counted. */
  readonly rememberedRequests: number;
  handle(exchange: Exchange): void | Promise<void>;
  /** A scenario from another process. Throws on one that is not known. */
  play(scenario: Json): void;
}

/** The server around any vendor's simulator: reads and records requests, keeps the books, and has the control routes. */
export class SimulatorHost implements AsyncDisposable {
  readonly requests: RecordedRequest[] = [];
  readonly #options: HostOptions;
  readonly #server: Server;
  #requestCount = 0;
  #url = '';

  private constructor(options: HostOptions) {
    this.#options = options;
    this.#server = createServer((request, response) => this.#accept(request, response));
    this.#server.requestTimeout = 0;
    this.#server.keepAliveTimeout = 65_000;
  }

  static async start(options: HostOptions): Promise<SimulatorHost> {
    const host = new SimulatorHost(options);
    await new Promise<void>((resolve, reject) => {
      host.#server.once('error', reject);
      host.#server.listen(options.port, options.host, resolve);
    });
    const address = host.#server.address();
    if (isRecord(address)) host.#url = `http://${options.host}:${String(address['port'])}`;
    return host;
  }

  get url(): string {
    return this.#url;
  }

  get state(): SimulatorState {
    const { ledger } = this.#options;
    return {
      openStreams: ledger.open,
      holding: ledger.holding,
      started: ledger.started,
      completed: ledger.completed,
      cancelled: ledger.cancelled,
      broken: ledger.broken,
      requests: this.#requestCount,
      clientGoneAt: [...ledger.clientGoneAt],
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }

  #accept(request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => response.destroy());
    request.on('end', () => {
      this.#dispatch(request, response, Buffer.concat(chunks).toString('utf8')).catch((error: unknown) => {
        if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
        response.end(`simulator failed: ${String(error)}`);
      });
    });
  }

  async #dispatch(request: IncomingMessage, response: ServerResponse, body: string): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://simulator');
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const recorded: RecordedRequest = { method: request.method ?? 'GET', path: url.pathname, headers, body };
    if (url.pathname.startsWith('/__simulator/')) {
      this.#control(recorded, response);
      return;
    }
    this.#requestCount += 1;
    this.requests.push(recorded);
    if (this.requests.length > this.#options.rememberedRequests) this.requests.shift();
    await this.#options.handle({ ...recorded, query: url.searchParams, response });
  }

  #control({ method, path, body }: RecordedRequest, response: ServerResponse): void {
    const route = `${method} ${path.slice('/__simulator'.length)}`;
    if (route === 'GET /state') return sendJson(response, 200, { ...this.state });
    if (route === 'GET /requests') return sendJson(response, 200, this.requests);
    if (route === 'POST /advance') {
      this.#options.ledger.advance();
      return sendJson(response, 200, { ...this.state });
    }
    if (route === 'POST /play') return this.#playFrom(body, response);
    return sendJson(response, 404, { message: `no control route ${route}` });
  }

  #playFrom(body: string, response: ServerResponse): void {
    const scenario = parseRecord(body);
    if (scenario === undefined) return sendJson(response, 400, { message: 'the body must be a scenario, as a JSON object' });
    try {
      this.#options.play(scenario);
    } catch (error) {
      return sendJson(response, 400, { message: error instanceof Error ? error.message : String(error) });
    }
    return sendJson(response, 200, { ...this.state });
  }
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(`${JSON.stringify(value)}\n`);
}
