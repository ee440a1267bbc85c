import type { ConformanceSimulator, RecordedRequest, SimulatorState } from '../conformance.ts';
import { GenerationLedger } from '../host/generation-ledger.ts';
import type { Json } from '../host/json.ts';
import type { Answer } from '../host/plan.ts';
import { type Exchange, SimulatorHost } from '../host/simulator-host.ts';
import { Accounts, exampleAccounts, type GigaChatAccount } from './accounts.ts';
import { listenerTls } from './certificates.ts';
import { Refusal } from './errors.ts';
import { FileStore, type StoredFile } from './file-store.ts';
import { defaultGigaChatModels, type GigaChatModel } from './models.ts';
import { PromptCache } from './prompt-cache.ts';
import { RateWindow } from './rate-window.ts';
import { dispatch } from './routes.ts';
import { type GigaChatScenario, toGigaChatScenario } from './scenarios.ts';
import { type GigaChatQuirks, type GigaChatService, sendRefusal, usualQuirks } from './service.ts';

export interface GigaChatSimulatorOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  readonly host?: string;
  /** Between pieces of an answer. 0, the default, uses no timer. */
  readonly pieceDelayMs?: number;
  /** What is answered when neither a scenario nor a directive says. */
  readonly answer?: Answer;
  readonly now?: () => number;
  /** In place of the usual ones: a person, and companies of both kinds. */
  readonly accounts?: readonly GigaChatAccount[];
  readonly tokenLifetimeMs?: number;
  readonly tokensPerSecond?: number;
  /** Beside the usual ones; the same id takes the place of the usual. */
  readonly models?: readonly GigaChatModel[];
  /** Questions with one of these are answered with a refusal. */
  readonly blockedWords?: readonly string[];
  readonly quirks?: Partial<GigaChatQuirks>;
  /** Absent = plain text. `required` turns clients without a certificate away; under `optional` one stands for a token. */
  readonly tls?: { readonly clientCertificate?: 'optional' | 'required' };
  readonly rememberedRequests?: number;
}

export interface GigaChatSimulator extends ConformanceSimulator {
  play(scenario: GigaChatScenario): void;
  /** The current base, `…/v1`: that of api.giga.chat. */
  readonly baseUrl: string;
  /** The former base, `…/api/v1`, under a folder that stands for the other host. */
  readonly legacyBaseUrl: string;
  readonly oauthUrl: string;
  readonly state: SimulatorState;
  readonly oauthCalls: number;
  readonly issuedTokens: number;
  readonly files: readonly StoredFile[];
  /** Tokens given out so far are answered with `Token has expired`. */
  expireTokens(): void;
}

/** Starts a server that speaks GigaChat's protocols: the token service and both versions of the API. */
export async function startGigaChatSimulator(options: GigaChatSimulatorOptions = {}): Promise<GigaChatSimulator> {
  const service = new Service(options);
  const play = (scenario: GigaChatScenario): void => {
    service.ledger.reset();
    service.scenario = scenario;
    if (scenario.kind === 'expired-token') service.accounts.expireTokens();
  };
  const host = await SimulatorHost.start({
    port: options.port ?? 0,
    host: options.host ?? '127.0.0.1',
    tls: options.tls === undefined ? undefined : listenerTls(options.tls.clientCertificate),
    ledger: service.ledger,
    rememberedRequests: options.rememberedRequests ?? 1000,
    handle: (exchange) => answer(exchange, service),
    play: (scenario: Json) => play(toGigaChatScenario(scenario)),
  });
  return new RunningSimulator(host, service, play);
}

async function answer(exchange: Exchange, service: GigaChatService): Promise<void> {
  try {
    await dispatch(exchange, service);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    sendRefusal(exchange, error);
  }
}

class Service implements GigaChatService {
  readonly now: () => number;
  readonly ledger = new GenerationLedger();
  readonly accounts: Accounts;
  readonly oauthRate: RateWindow;
  readonly models: readonly GigaChatModel[];
  readonly files: FileStore;
  readonly promptCache = new PromptCache();
  readonly quirks: GigaChatQuirks;
  readonly blockedWords: readonly string[];
  readonly failures = new Map<string, number>();
  readonly pieceDelayMs: number;
  readonly answer: Answer | undefined;
  scenario: GigaChatScenario = { kind: 'default' };
  #oauthCalls = 0;

  constructor(options: GigaChatSimulatorOptions) {
    const { now = Date.now, accounts = exampleAccounts, tokenLifetimeMs = 30 * 60_000, models: own = [] } = options;
    this.now = now;
    this.accounts = new Accounts({ now, accounts, tokenLifetimeMs });
    this.oauthRate = new RateWindow(now, options.tokensPerSecond ?? 10);
    this.models = [...own, ...defaultGigaChatModels.filter(({ id }) => own.every((model) => model.id !== id))];
    this.files = new FileStore(now);
    this.quirks = { ...usualQuirks, ...options.quirks };
    this.blockedWords = options.blockedWords ?? ['запретная тема'];
    this.pieceDelayMs = options.pieceDelayMs ?? 0;
    this.answer = options.answer;
  }

  get oauthCalls(): number {
    return this.#oauthCalls;
  }

  countOauthCall(): void {
    this.#oauthCalls += 1;
  }
}

class RunningSimulator implements GigaChatSimulator {
  readonly #host: SimulatorHost;
  readonly #service: Service;
  readonly play: (scenario: GigaChatScenario) => void;

  constructor(host: SimulatorHost, service: Service, play: (scenario: GigaChatScenario) => void) {
    this.#host = host;
    this.#service = service;
    this.play = play;
  }

  get url(): string {
    return this.#host.url;
  }

  get baseUrl(): string {
    return `${this.url}/v1`;
  }

  get legacyBaseUrl(): string {
    return `${this.url}/legacy/api/v1`;
  }

  get oauthUrl(): string {
    return `${this.url}/api/v2/oauth`;
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

  get oauthCalls(): number {
    return this.#service.oauthCalls;
  }

  get issuedTokens(): number {
    return this.#service.accounts.issuedTokens;
  }

  get files(): readonly StoredFile[] {
    return this.#service.files.all;
  }

  clientGone(): Promise<void> {
    return this.#service.ledger.clientGone();
  }

  advance(): void {
    this.#service.ledger.advance();
  }

  expireTokens(): void {
    this.#service.accounts.expireTokens();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#host[Symbol.asyncDispose]();
  }
}
