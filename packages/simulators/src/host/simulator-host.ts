import type { RecordedRequest, SimulatorState } from '../conformance.ts';
import type { GenerationLedger } from './generation-ledger.ts';
import { type Json, parseRecord } from './json.ts';
import { type HttpRequest, Listener, type ListenerTls } from './listener.ts';
import type { HttpResponse, WireResponse } from './wire-response.ts';

export interface Exchange extends RecordedRequest {
  readonly query: URLSearchParams;
  /** The body as it came: files are no text. */
  readonly bytes: Buffer;
  readonly hasClientCertificate: boolean;
  readonly response: HttpResponse;
}

export interface HostOptions {
  readonly port: number;
  readonly host: string;
  readonly tls?: ListenerTls | undefined;
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
  #listener: Listener | undefined;
  #requestCount = 0;

  private constructor(options: HostOptions) {
    this.#options = options;
  }

  static async start(options: HostOptions): Promise<SimulatorHost> {
    const host = new SimulatorHost(options);
    const { port, host: name, tls } = options;
    host.#listener = await Listener.start({ port, host: name, tls, accept: (request, response) => host.#accept(request, response) });
    return host;
  }

  get url(): string {
    return this.#listener?.url ?? '';
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
    await this.#listener?.[Symbol.asyncDispose]();
  }

  #accept(request: HttpRequest, response: HttpResponse): void {
    const wire: WireResponse = response;
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => response.destroy());
    request.on('end', () => {
      this.#dispatch(request, response, Buffer.concat(chunks)).catch((error: unknown) => {
        if (!wire.headersSent) wire.writeHead(500, { 'content-type': 'text/plain' });
        wire.end(`simulator failed: ${String(error)}`);
      });
    });
  }

  async #dispatch(request: HttpRequest, response: HttpResponse, bytes: Buffer): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://simulator');
    const httpVersion = request.httpVersionMajor === 2 ? '2' : '1.1';
    const recorded: RecordedRequest = {
      method: request.method ?? 'GET',
      path: url.pathname,
      headers: headersOf(request),
      body: bytes.toString('utf8'),
      httpVersion,
    };
    if (url.pathname.startsWith('/__simulator/')) {
      this.#control(recorded, response);
      return;
    }
    this.#requestCount += 1;
    this.requests.push(recorded);
    if (this.requests.length > this.#options.rememberedRequests) this.requests.shift();
    const hasClientCertificate = Reflect.get(request.socket, 'authorized') === true;
    await this.#options.handle({ ...recorded, query: url.searchParams, bytes, hasClientCertificate, response });
  }

  #control({ method, path, body }: RecordedRequest, response: WireResponse): void {
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

  #playFrom(body: string, response: WireResponse): void {
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

/** HTTP/2 has the method and the like among its headers, and the host under another name. */
function headersOf(request: HttpRequest): Readonly<Record<string, string>> {
  const found = Object.entries(request.headers).map(([name, value]) => [name === ':authority' ? 'host' : name, String(value)] as const);
  return Object.fromEntries(found.filter(([name]) => !name.startsWith(':')));
}

function sendJson(response: WireResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(`${JSON.stringify(value)}\n`);
}
