import type { ConformanceSimulator, RecordedRequest, SimulatorState } from '../conformance.ts';
import { GenerationLedger } from '../host/generation-ledger.ts';
import type { Json } from '../host/json.ts';
import type { Answer } from '../host/plan.ts';
import { type Exchange, SimulatorHost } from '../host/simulator-host.ts';
import type { WireResponse } from '../host/wire-response.ts';
import { type Cloud, type Surface, sendRefusal } from './cloud.ts';
import {
  type Account,
  CredentialStore,
  exampleApiKey,
  exampleFolderId,
  exampleIamToken,
  type ServiceAccountKeyFile,
} from './credentials.ts';
import { Refusal } from './errors.ts';
import { exchangeToken, metadataToken } from './iam-routes.ts';
import { defaultModels, type SimulatedModel } from './models.ts';
import { completion, textEmbedding, tokenize, tokenizeCompletion } from './native-routes.ts';
import { chatCompletions, embeddings, listModels, type WithoutProject } from './openai-routes.ts';
import { Operations } from './operations.ts';
import { Quotas } from './quotas.ts';
import { toScenario, type YandexGptScenario } from './scenarios.ts';

export interface YandexGptSimulatorOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  readonly host?: string;
  /** Between pieces of an answer. 0, the default, uses no timer. */
  readonly pieceDelayMs?: number;
  /** What is answered when neither a scenario nor a directive says. */
  readonly answer?: Answer;
  readonly now?: () => number;
  readonly apiKeys?: Readonly<Record<string, Account>>;
  readonly iamTokens?: Readonly<Record<string, Account>>;
  readonly iamTokenLifetimeMs?: number;
  readonly concurrentGenerations?: number;
  readonly generationsPerHour?: number;
  readonly embeddingsPerSecond?: number;
  /** Beside the usual ones; the same id takes the place of the usual. */
  readonly models?: readonly SimulatedModel[];
  readonly modelsWithoutProject?: WithoutProject;
  readonly operationPolls?: number;
  readonly rememberedRequests?: number;
}

export interface YandexGptSimulator extends ConformanceSimulator {
  play(scenario: YandexGptScenario): void;
  readonly state: SimulatorState;
  /** IAM tokens given out so far. */
  readonly issuedTokens: number;
  /** Makes an authorized key that the token service knows. */
  createServiceAccountKey(account?: Account): ServiceAccountKeyFile;
  addApiKey(key: string, account: Account): void;
  revokeTokens(): void;
}

/** Starts a server that speaks the wire protocols of YandexGPT: native, OpenAI-compatible, IAM and metadata. */
export async function startYandexGptSimulator(options: YandexGptSimulatorOptions = {}): Promise<YandexGptSimulator> {
  const cloud = createCloud(options);
  const operations = new Operations(cloud, options.operationPolls ?? 2);
  const withoutProject = options.modelsWithoutProject ?? 'bad-request';
  const play = (scenario: YandexGptScenario): void => {
    cloud.ledger.reset();
    cloud.scenario = scenario;
    if (scenario.kind === 'expired-token') cloud.credentials.revokeTokens();
  };
  const host = await SimulatorHost.start({
    port: options.port ?? 0,
    host: options.host ?? '127.0.0.1',
    ledger: cloud.ledger,
    rememberedRequests: options.rememberedRequests ?? 1000,
    handle: (exchange) => route(exchange, cloud, operations, withoutProject),
    play: (scenario: Json) => play(toScenario(scenario)),
  });
  return new RunningSimulator(host, cloud, play);
}

function createCloud(options: YandexGptSimulatorOptions): Cloud {
  const now = options.now ?? Date.now;
  const own = options.models ?? [];
  return {
    now,
    ledger: new GenerationLedger(),
    credentials: new CredentialStore({
      now,
      apiKeys: options.apiKeys ?? { [exampleApiKey]: { folderId: exampleFolderId } },
      iamTokens: options.iamTokens ?? { [exampleIamToken]: { folderId: exampleFolderId } },
      iamTokenLifetimeMs: options.iamTokenLifetimeMs ?? 12 * 60 * 60 * 1000,
    }),
    quotas: new Quotas({
      now,
      concurrentGenerations: options.concurrentGenerations ?? 10,
      generationsPerHour: options.generationsPerHour ?? Infinity,
      embeddingsPerSecond: options.embeddingsPerSecond ?? 10,
    }),
    models: [...own, ...defaultModels.filter(({ id }) => own.every((model) => model.id !== id))],
    failures: new Map(),
    pieceDelayMs: options.pieceDelayMs ?? 0,
    answer: options.answer,
    scenario: { kind: 'default' },
  };
}

async function route(exchange: Exchange, cloud: Cloud, operations: Operations, withoutProject: WithoutProject): Promise<void> {
  const surface = surfaceOf(exchange.path);
  try {
    await dispatch(exchange, cloud, operations, withoutProject);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    sendRefusal(exchange, error, surface, cloud.scenario);
  }
}

function surfaceOf(path: string): Surface {
  if (path.startsWith('/v1/')) return 'openai';
  return path === '/foundationModels/v1/completion' ? 'native' : 'unary';
}

async function dispatch(exchange: Exchange, cloud: Cloud, operations: Operations, withoutProject: WithoutProject): Promise<void> {
  const [, operationId, isCancel] = /^\/operations\/([^/:]+)(:cancel)?$/u.exec(exchange.path) ?? [];
  if (operationId !== undefined && exchange.method === 'GET') {
    return isCancel === undefined ? operations.poll(exchange, operationId) : operations.cancel(exchange, operationId);
  }
  switch (`${exchange.method} ${exchange.path}`) {
    case 'POST /foundationModels/v1/completion':
      return completion(exchange, cloud);
    case 'POST /foundationModels/v1/completionAsync':
      return operations.submit(exchange);
    case 'POST /foundationModels/v1/tokenize':
      return tokenize(exchange, cloud);
    case 'POST /foundationModels/v1/tokenizeCompletion':
      return tokenizeCompletion(exchange, cloud);
    case 'POST /foundationModels/v1/textEmbedding':
      return textEmbedding(exchange, cloud);
    case 'POST /v1/chat/completions':
      return chatCompletions(exchange, cloud);
    case 'GET /v1/models':
      return listModels(exchange, cloud, withoutProject);
    case 'POST /v1/embeddings':
      return embeddings(exchange, cloud);
    case 'POST /iam/v1/tokens':
      return exchangeToken(exchange, cloud);
    case 'GET /computeMetadata/v1/instance/service-accounts/default/token':
      return metadataToken(exchange, cloud);
    default:
      return sendNotFound(exchange);
  }
}

function sendNotFound({ response }: { readonly response: WireResponse }): void {
  response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8', server: 'ycalb' });
  response.end('404 page not found');
}

class RunningSimulator implements YandexGptSimulator {
  readonly #host: SimulatorHost;
  readonly #cloud: Cloud;
  readonly play: (scenario: YandexGptScenario) => void;

  constructor(host: SimulatorHost, cloud: Cloud, play: (scenario: YandexGptScenario) => void) {
    this.#host = host;
    this.#cloud = cloud;
    this.play = play;
  }

  get url(): string {
    return this.#host.url;
  }

  get requests(): readonly RecordedRequest[] {
    return this.#host.requests;
  }

  get openStreams(): number {
    return this.#cloud.ledger.open;
  }

  get state(): SimulatorState {
    return this.#host.state;
  }

  get issuedTokens(): number {
    return this.#cloud.credentials.issuedTokens;
  }

  clientGone(): Promise<void> {
    return this.#cloud.ledger.clientGone();
  }

  advance(): void {
    this.#cloud.ledger.advance();
  }

  createServiceAccountKey(account?: Account): ServiceAccountKeyFile {
    return this.#cloud.credentials.createServiceAccountKey(account);
  }

  addApiKey(key: string, account: Account): void {
    this.#cloud.credentials.addApiKey(key, account);
  }

  revokeTokens(): void {
    this.#cloud.credentials.revokeTokens();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#host[Symbol.asyncDispose]();
  }
}
