import { STATUS_CODES } from 'node:http';
import type { ConformanceSimulator, RecordedRequest, SimulatorState } from '../conformance.ts';
import type { FailureCounts } from './directives.ts';
import { Generation } from './generation.ts';
import { GenerationLedger } from './generation-ledger.ts';
import type { Json } from './json.ts';
import { type Answer, planFromQuestion } from './plan.ts';
import type { Question } from './question.ts';
import { type AnswerEncoder, runScript } from './run-script.ts';
import type { Script } from './script.ts';
import { type Exchange, SimulatorHost } from './simulator-host.ts';
import { countTokens } from './tokens.ts';
import { planOfVendorScenario, toVendorScenario, type VendorScenario } from './vendor-scenario.ts';
import type { WireResponse } from './wire-response.ts';

export interface VendorSimulatorOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  readonly host?: string;
  /** Between pieces of an answer. 0, the default, uses no timer. */
  readonly pieceDelayMs?: number;
  /** What is answered when neither a scenario nor a directive says. */
  readonly answer?: Answer;
  readonly rememberedRequests?: number;
}

export interface VendorSimulator extends ConformanceSimulator {
  play(scenario: VendorScenario): void;
  readonly state: SimulatorState;
}

/** A refusal before anything was generated. */
export class VendorRefusal extends Error {
  readonly status: number;
  readonly retryAfterSeconds: number | undefined;
  readonly isHtml: boolean;
  /** Sent as it is, in place of the vendor's envelope. */
  readonly body: string | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message = '', options: RefusalOptions = {}) {
    super(message);
    this.status = status;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.isHtml = options.isHtml ?? false;
    this.body = options.body;
    this.headers = options.headers ?? {};
  }
}

interface RefusalOptions {
  readonly retryAfterSeconds?: number | undefined;
  readonly isHtml?: boolean | undefined;
  readonly body?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

interface WireRefusal {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** One vendor's part of a simulator: who may ask, what there is, and how things are spelled. */
export interface Vendor {
  headers(): Readonly<Record<string, string>>;
  /** The vendor's envelope around a refusal; an empty message is one of which only the status is known. */
  refusal(refusal: VendorRefusal): WireRefusal;
  /** Throws `VendorRefusal`. */
  route(exchange: Exchange, desk: VendorDesk): void | Promise<void>;
}

export interface VendorAnswer {
  readonly question: Question;
  readonly contextWindow: number;
  /** What is said of a question that is longer. */
  tooLong(tokens: number): VendorRefusal;
  /** Made when the tokens of the question are known. */
  encoder(inputTokens: number): AnswerEncoder;
  readonly headers: Readonly<Record<string, string>>;
}

/** What routes use. */
export interface VendorDesk {
  /** Refuses what a scenario says, before any look at the credential. */
  admit(): void;
  answer(exchange: Exchange, answer: VendorAnswer): Promise<void>;
  sendJson(exchange: Exchange, value: unknown): void;
}

class RunningVendor implements VendorSimulator, VendorDesk {
  readonly #vendor: Vendor;
  readonly #options: VendorSimulatorOptions;
  readonly #ledger = new GenerationLedger();
  readonly #failures: FailureCounts = new Map();
  #scenario: VendorScenario = { kind: 'default' };
  #host: SimulatorHost | undefined;

  constructor(vendor: Vendor, options: VendorSimulatorOptions) {
    this.#vendor = vendor;
    this.#options = options;
  }

  async start(): Promise<void> {
    const { port = 0, host = '127.0.0.1', rememberedRequests = 1000 } = this.#options;
    this.#host = await SimulatorHost.start({
      port,
      host,
      ledger: this.#ledger,
      rememberedRequests,
      handle: (exchange) => this.#handle(exchange),
      play: (scenario: Json) => this.play(toVendorScenario(scenario)),
    });
  }

  get url(): string {
    return this.#host?.url ?? '';
  }

  get requests(): readonly RecordedRequest[] {
    return this.#host?.requests ?? [];
  }

  get openStreams(): number {
    return this.#ledger.open;
  }

  get state(): SimulatorState {
    if (this.#host === undefined) throw new Error('not started');
    return this.#host.state;
  }

  play(scenario: VendorScenario): void {
    this.#ledger.reset();
    this.#scenario = scenario;
  }

  clientGone(): Promise<void> {
    return this.#ledger.clientGone();
  }

  advance(): void {
    this.#ledger.advance();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#host?.[Symbol.asyncDispose]();
  }

  admit(): void {
    const scenario = this.#scenario;
    if (scenario.kind === 'unauthorized') throw new VendorRefusal(401);
    if (scenario.kind === 'server-error-html') throw new VendorRefusal(scenario.status, '', { isHtml: true });
    if (scenario.kind === 'error') throw new VendorRefusal(scenario.status, '', { body: scenario.body, headers: scenario.headers });
  }

  async answer(exchange: Exchange, { question, contextWindow, tooLong, encoder, headers }: VendorAnswer): Promise<void> {
    const inputTokens = question.turns.reduce((sum, turn) => sum + countTokens(turn.text) + 3, 0);
    const script = this.#scriptOf(question, () => {
      if (inputTokens > contextWindow) throw tooLong(inputTokens);
    });
    const generation = new Generation(exchange.response, this.#ledger, { headers, chunkBytes: script.chunkBytes });
    const told = script.tokens?.inputTokens ?? inputTokens;
    await runScript(script, encoder(told), generation, { inputTokens, delayMs: this.#options.pieceDelayMs ?? 0 });
  }

  sendJson({ response }: Exchange, value: unknown): void {
    const wire: WireResponse = response;
    wire.writeHead(200, { 'content-type': 'application/json', ...this.#vendor.headers() });
    wire.end(`${JSON.stringify(value)}\n`);
  }

  /** A played scenario is not measured against the window. */
  #scriptOf(question: Question, measure: () => void): Script {
    const played = planOfVendorScenario(this.#scenario, question);
    if (played === undefined) measure();
    const plan = played ?? planFromQuestion(question, this.#failures, this.#options.answer);
    if (plan.type === 'fail') throw new VendorRefusal(plan.status, '', plan);
    return plan.script;
  }

  async #handle(exchange: Exchange): Promise<void> {
    try {
      await this.#vendor.route(exchange, this);
    } catch (error) {
      if (!(error instanceof VendorRefusal)) throw error;
      this.#refuse(exchange, error);
    }
  }

  #refuse({ response }: Exchange, refusal: VendorRefusal): void {
    const wire: WireResponse = response;
    if (refusal.isHtml) {
      wire.writeHead(refusal.status, { 'content-type': 'text/html' });
      wire.end(`<html><head><title>${String(refusal.status)} ${STATUS_CODES[refusal.status] ?? ''}</title></head><body>…</body></html>\n`);
      return;
    }
    const { status, headers } = refusal;
    const told = refusal.body === undefined ? this.#vendor.refusal(refusal) : { status, body: refusal.body, headers };
    wire.writeHead(told.status, { 'content-type': 'application/json', ...this.#vendor.headers(), ...told.headers });
    wire.end(told.body);
  }
}

/** Starts a server with one surface: reads scenarios and directives, and leaves the spelling to `vendor`. */
export async function startVendorSimulator(vendor: Vendor, options: VendorSimulatorOptions): Promise<VendorSimulator> {
  const running = new RunningVendor(vendor, options);
  await running.start();
  return running;
}
