import type { ConformanceSimulator, RecordedRequest, SimulatorState } from '../conformance.ts';
import { GenerationLedger } from '../host/generation-ledger.ts';
import type { Json } from '../host/json.ts';
import type { Answer } from '../host/plan.ts';
import { type Exchange, SimulatorHost } from '../host/simulator-host.ts';
import { Refusal } from './errors.ts';
import { defaultOpenAiModels, type OpenAiModel } from './models.ts';
import { type OpenAiDialectName, type OpenAiQuirks, openAiDialects } from './quirks.ts';
import { dispatch } from './routes.ts';
import { type OpenAiScenario, toOpenAiScenario } from './scenarios.ts';
import { type OpenAiService, sendRefusal } from './service.ts';

export const exampleOpenAiKey = 'sk-simulated0000000000000000000000000000';

export interface OpenAiSimulatorOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  readonly host?: string;
  /** Whose habits; `openai` unless told otherwise. */
  readonly dialect?: OpenAiDialectName;
  /** On top of the dialect's. */
  readonly quirks?: Partial<OpenAiQuirks>;
  /** Between pieces of an answer. 0, the default, uses no timer. */
  readonly pieceDelayMs?: number;
  /** What is answered when neither a scenario nor a directive says. */
  readonly answer?: Answer;
  readonly now?: () => number;
  readonly keys?: readonly string[];
  /** In place of the usual ones. */
  readonly models?: readonly OpenAiModel[];
  readonly rememberedRequests?: number;
}

export interface OpenAiSimulator extends ConformanceSimulator {
  play(scenario: OpenAiScenario): void;
  /** With the path that this dialect has, as a person would enter it. */
  readonly baseUrl: string;
  readonly state: SimulatorState;
}

/** Starts a server that speaks Chat Completions, in the dialect of one vendor. */
export async function startOpenAiSimulator(options: OpenAiSimulatorOptions = {}): Promise<OpenAiSimulator> {
  const service: OpenAiService = {
    now: options.now ?? Date.now,
    ledger: new GenerationLedger(),
    quirks: { ...openAiDialects[options.dialect ?? 'openai'], ...options.quirks },
    keys: options.keys ?? [exampleOpenAiKey],
    models: options.models ?? defaultOpenAiModels,
    failures: new Map(),
    pieceDelayMs: options.pieceDelayMs ?? 0,
    answer: options.answer,
    scenario: { kind: 'default' },
  };
  const play = (scenario: OpenAiScenario): void => {
    service.ledger.reset();
    service.scenario = scenario;
  };
  const host = await SimulatorHost.start({
    port: options.port ?? 0,
    host: options.host ?? '127.0.0.1',
    ledger: service.ledger,
    rememberedRequests: options.rememberedRequests ?? 1000,
    handle: (exchange) => answer(exchange, service),
    play: (scenario: Json) => play(toOpenAiScenario(scenario)),
  });
  return new RunningSimulator(host, service, play);
}

async function answer(exchange: Exchange, service: OpenAiService): Promise<void> {
  try {
    await dispatch(exchange, service);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    sendRefusal(exchange, error, service.quirks);
  }
}

class RunningSimulator implements OpenAiSimulator {
  readonly #host: SimulatorHost;
  readonly #service: OpenAiService;
  readonly play: (scenario: OpenAiScenario) => void;

  constructor(host: SimulatorHost, service: OpenAiService, play: (scenario: OpenAiScenario) => void) {
    this.#host = host;
    this.#service = service;
    this.play = play;
  }

  get url(): string {
    return this.#host.url;
  }

  get baseUrl(): string {
    return `${this.url}${this.#service.quirks.basePath}`;
  }

  get requests(): readonly RecordedRequest[] {
    return this.#host.requests;
  }

  get openStreams(): number {
    return this.#service.ledger.open;
  }

  get state(): SimulatorState {
    return this.#host.state;
  }

  clientGone(): Promise<void> {
    return this.#service.ledger.clientGone();
  }

  advance(): void {
    this.#service.ledger.advance();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#host[Symbol.asyncDispose]();
  }
}
