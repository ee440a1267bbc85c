import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createHttp2Server, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import type { ConformanceScenario, ConformanceSimulator, SimulatedRequest } from './conformance-simulator.ts';
import { chatCompletionsWire, type SampleWire } from './sample-wire.ts';

type Request = IncomingMessage | Http2ServerRequest;
type Response = ServerResponse | Http2ServerResponse;

export interface SampleSimulatorOptions {
  /** HTTP/2 is cleartext. Default HTTP/1.1. */
  readonly http?: '1.1' | '2' | undefined;
  /** Default: OpenAI's chat completions. */
  readonly wire?: SampleWire | undefined;
}

/**
 * A vendor as small as it gets, for plugins that speak a protocol it knows.
 *
 * @example
 * export const conformance = { settings: (baseUrl) => ({ apiKey: 'secret-of-the-test', baseUrl }), model: 'any', startSimulator: startSampleSimulator };
 */
export async function startSampleSimulator({
  http = '1.1',
  wire = chatCompletionsWire,
}: SampleSimulatorOptions = {}): Promise<ConformanceSimulator> {
  const simulator = new SampleSimulator(wire);
  const sockets = new Set<Socket>();
  const server =
    http === '1.1' ? createServer(simulator.serve) : createHttp2Server((request, response) => simulator.serve(request, response));
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is never a pipe's name.
  const { port } = server.address() as AddressInfo;
  simulator.url = `http://127.0.0.1:${port}`;
  simulator.close = async () => {
    for (const socket of sockets) socket.destroy();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  };
  return simulator;
}

class SampleSimulator implements ConformanceSimulator {
  url = '';
  close: () => Promise<void> = () => Promise.resolve();
  readonly requests: SimulatedRequest[] = [];
  openStreams = 0;
  readonly #wire: SampleWire;
  #scenario: ConformanceScenario = { kind: 'answer', pieces: ['hello'] };
  #gone = Promise.withResolvers<void>();
  #hold = Promise.withResolvers<void>();

  constructor(wire: SampleWire) {
    this.#wire = wire;
  }

  readonly serve: RequestListener & ((request: Request, response: Response) => void) = (request: Request, response: Response) => {
    response.once('close', () => {
      this.openStreams -= 1;
      if (!isWhole(response)) this.#gone.resolve();
    });
    response.on('error', () => undefined);
    this.openStreams += 1;
    void this.#answer(request, response);
  };

  play(scenario: ConformanceScenario): void {
    this.#scenario = scenario;
    this.#gone = Promise.withResolvers();
    this.#hold = Promise.withResolvers();
  }

  clientGone(): Promise<void> {
    return this.#gone.promise;
  }

  advance(): void {
    this.#hold.resolve();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#hold.resolve();
    await this.close();
  }

  async #answer(request: Request, response: Response): Promise<void> {
    const scenario = this.#scenario;
    const hold = this.#hold.promise;
    let body = '';
    request.setEncoding('utf8');
    for await (const part of request) body += String(part);
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    this.requests.push({ method: request.method ?? '', path: request.url ?? '', headers, body });
    await play(scenario, { wire: this.#wire, response, hold, credential: headers['authorization'] ?? '' });
  }
}

function isWhole(response: Response): boolean {
  return 'stream' in response ? response.stream.rstCode === 0 && !response.stream.aborted : response.writableFinished;
}

interface Performance {
  readonly wire: SampleWire;
  readonly response: Response;
  readonly hold: Promise<void>;
  /** That came with the request. */
  readonly credential: string;
}

async function play(scenario: ConformanceScenario, performance: Performance): Promise<void> {
  const { wire, response, hold, credential } = performance;
  switch (scenario.kind) {
    case 'answer':
      return writeSplit(performance, piecesOf(wire, scenario.pieces) + wire.ending(scenario.usage), scenario.chunkBytes);
    case 'unauthorized':
      // Some vendors quote the credential that they refuse.
      return refuse(response, 401, wire.error(`Wrong key: ${credential}`));
    case 'rate-limited':
      if (scenario.retryAfterSeconds !== undefined) response.setHeader('retry-after', String(scenario.retryAfterSeconds));
      return refuse(response, 429, wire.error('Slow down'));
    case 'server-error-html':
      return refuse(response, scenario.status, '<html><body><h1>Bad gateway</h1></body></html>');
    case 'slow-first-token':
      await hold;
      return writeSplit(performance, piecesOf(wire, ['late']) + wire.ending(undefined));
    case 'stall':
      start(performance);
      send(response, piecesOf(wire, scenario.pieces));
      await hold;
      return void response.end(wire.ending(undefined));
    case 'cut':
      return cut(scenario, performance);
    case 'garbage':
      start(performance);
      return void response.end(wire.garbage(`what is ${credential}`));
    default:
      return scenario satisfies never;
  }
}

function cut({ pieces, how }: ConformanceScenario & { readonly kind: 'cut' }, performance: Performance): void {
  const { wire, response } = performance;
  start(performance);
  send(response, piecesOf(wire, pieces));
  if (how === 'clean-eof') response.end();
  if (how === 'mid-frame') response.end(wire.piece('half of it').slice(0, -8));
  if (how === 'reset') setImmediate(() => ('stream' in response ? response.stream.close(2) : response.socket?.resetAndDestroy()));
}

function refuse(response: Response, status: number, body: string): void {
  response.statusCode = status;
  response.setHeader('content-type', body.startsWith('<') ? 'text/html' : 'application/json');
  response.end(body);
}

function start({ wire, response }: Performance): void {
  response.setHeader('content-type', wire.contentType);
  response.statusCode = 200;
}

async function writeSplit(performance: Performance, text: string, chunkBytes = 65_536): Promise<void> {
  const { response } = performance;
  start(performance);
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    send(response, bytes.subarray(at, at + chunkBytes));
    await new Promise((resolve) => setImmediate(resolve));
  }
  response.end();
}

/** The two kinds of response have the same `write`, but no common type for it. */
function send(response: Response, data: string | Uint8Array): void {
  if ('stream' in response) response.write(data);
  else response.write(data);
}

const piecesOf = (wire: SampleWire, pieces: readonly string[]): string => pieces.map((piece) => wire.piece(piece)).join('');
