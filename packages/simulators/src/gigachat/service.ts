import { randomBytes, randomUUID } from 'node:crypto';
import type { FailureCounts } from '../host/directives.ts';
import type { GenerationLedger } from '../host/generation-ledger.ts';
import type { Answer } from '../host/plan.ts';
import type { Exchange } from '../host/simulator-host.ts';
import type { WireResponse } from '../host/wire-response.ts';
import type { Accounts, Member } from './accounts.ts';
import { badShape, type ErrorEnvelope, errorBody, Refusal, refusalOf } from './errors.ts';
import type { FileStore } from './file-store.ts';
import { type GigaChatModel, modelsOf, type Site } from './models.ts';
import type { PromptCache } from './prompt-cache.ts';
import type { RateWindow } from './rate-window.ts';
import type { GigaChatScenario } from './scenarios.ts';

/** Where sources disagree or nobody has looked, a simulator can do either. */
export interface GigaChatQuirks {
  readonly tokenAnswer: 'milliseconds' | 'seconds' | 'text' | 'tok';
  /** Over HTTP/1.1 a stream is passed on when it has ended. */
  readonly holdsHttp1: boolean;
  readonly needsUserAgent: boolean;
  /** Arguments of a call as JSON text, as the newest description has them; recordings show an object. */
  readonly argumentsAsText: boolean;
  /** In a refusal for too many requests at once. */
  readonly retryAfterSeconds?: number | undefined;
  readonly imagesPerMessage: number;
  /** v2: the role that a function's result must have. */
  readonly toolResultRole: 'any' | 'tool' | 'function';
  readonly hasCallIds: boolean;
  readonly createdAtAsText: boolean;
}

export const usualQuirks: GigaChatQuirks = {
  tokenAnswer: 'milliseconds',
  holdsHttp1: false,
  needsUserAgent: true,
  argumentsAsText: false,
  imagesPerMessage: 1,
  toolResultRole: 'any',
  hasCallIds: true,
  createdAtAsText: false,
};

/** What all routes of the simulated service share. */
export interface GigaChatService {
  readonly now: () => number;
  readonly ledger: GenerationLedger;
  readonly accounts: Accounts;
  readonly oauthRate: RateWindow;
  readonly models: readonly GigaChatModel[];
  readonly files: FileStore;
  readonly promptCache: PromptCache;
  readonly quirks: GigaChatQuirks;
  readonly blockedWords: readonly string[];
  readonly failures: FailureCounts;
  readonly pieceDelayMs: number;
  readonly answer?: Answer | undefined;
  scenario: GigaChatScenario;
  countOauthCall(): void;
}

/** One call of the API, once it is known who asks. */
export interface Call {
  readonly exchange: Exchange;
  readonly service: GigaChatService;
  readonly member: Member;
  readonly site: Site;
}

/** Who asks; a played refusal comes before any look at the credential. */
export function authenticate(exchange: Exchange, service: GigaChatService, site: Site): Member {
  const { scenario, quirks, accounts } = service;
  if (site === 'api.giga.chat' && quirks.needsUserAgent && (exchange.headers['user-agent'] ?? '') === '') {
    throw new Refusal(403, 'Unauthorized', { envelope: 'bare' });
  }
  if (scenario.kind === 'unauthorized') throw refusalOf(401);
  if (scenario.kind === 'server-error-html') throw refusalOf(scenario.status, { envelope: 'html' });
  if (scenario.kind === 'error') throw new Refusal(scenario.status, scenario.message, { envelope: scenario.envelope });
  const authorization = exchange.headers['authorization'];
  const certified = exchange.hasClientCertificate && authorization === undefined ? accounts.ofCertificate() : undefined;
  return certified ?? accounts.authenticate(authorization ?? '');
}

export function findModel({ service, site }: Call, id: string, type: GigaChatModel['type']): GigaChatModel {
  const model = modelsOf(service.models, site).find((each) => each.id === id && each.type === type);
  if (model === undefined) throw refusalOf(404);
  return model;
}

export function responseHeaders({ headers, path }: Exchange, contentType = 'application/json; charset=utf-8'): Record<string, string> {
  const clientId = headers['x-client-id'];
  const isV2 = /\/v2\//u.test(path);
  return {
    server: 'SynGX',
    'content-type': contentType,
    'x-request-id': headers['x-request-id'] ?? randomUUID(),
    'x-session-id': headers['x-session-id'] ?? randomUUID(),
    ...(clientId === undefined ? {} : { 'x-client-id': clientId }),
    ...(isV2 ? { 'x-backend': 'gigachat', 'x-sp-crid': randomBytes(8).toString('hex'), vary: 'Origin' } : {}),
    allow: 'GET, POST',
    'access-control-allow-origin': '*',
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'x-xss-protection': '1; mode=block',
  };
}

interface Body {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

export function sendBody({ response }: { readonly response: WireResponse }, { status, headers, body }: Body): void {
  response.writeHead(status, headers);
  response.end(body);
}

export function sendJson(exchange: Exchange, value: unknown): void {
  sendBody(exchange, { status: 200, headers: responseHeaders(exchange), body: JSON.stringify(value) });
}

const contentTypes: Readonly<Record<ErrorEnvelope, string>> = {
  api: 'application/json; charset=utf-8',
  oauth: 'application/json',
  bare: 'application/json',
  text: 'text/plain; charset=utf-8',
  html: 'text/html',
};

export function sendRefusal(exchange: Exchange, refusal: Refusal): void {
  const { envelope = 'api', retryAfterSeconds } = refusal.options;
  const retryAfter = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  const headers = { ...responseHeaders(exchange, contentTypes[envelope]), ...retryAfter };
  sendBody(exchange, { status: refusal.status, headers, body: errorBody(refusal) });
}

/** Refuses what is no JSON object, in the vendor's words. */
export function readJson({ body }: Exchange): Readonly<Record<string, unknown>> {
  const value = parse(body);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw badShape();
  return { ...value };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
