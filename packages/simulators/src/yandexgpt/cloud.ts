import { randomBytes, randomUUID } from 'node:crypto';
import type { FailureCounts } from '../host/directives.ts';
import type { GenerationLedger } from '../host/generation-ledger.ts';
import type { Answer } from '../host/plan.ts';
import type { Exchange } from '../host/simulator-host.ts';
import type { WireResponse } from '../host/wire-response.ts';
import type { Account, CredentialStore } from './credentials.ts';
import { flatError, htmlError, openaiError, Refusal, textByStatus, wrappedError } from './errors.ts';
import { type ModelUri, parseModelUri, type SimulatedModel } from './models.ts';
import type { Quotas } from './quotas.ts';
import type { ErrorEnvelope, YandexGptScenario } from './scenarios.ts';

/** What all routes of the simulated cloud share. */
export interface Cloud {
  readonly ledger: GenerationLedger;
  readonly credentials: CredentialStore;
  readonly quotas: Quotas;
  readonly models: readonly SimulatedModel[];
  readonly failures: FailureCounts;
  readonly pieceDelayMs: number;
  readonly now: () => number;
  readonly answer?: Answer | undefined;
  scenario: YandexGptScenario;
}

export type Surface = 'native' | 'unary' | 'openai';

/** Who asks; a played refusal comes before any look at the credential. */
export function authenticate(exchange: Exchange, cloud: Cloud, surface: Surface): Account {
  const { scenario } = cloud;
  if (scenario.kind === 'unauthorized') throw refusalOf(401);
  if (scenario.kind === 'server-error-html') throw new Refusal(scenario.status, '', { isHtml: true });
  if (scenario.kind === 'error') throw new Refusal(scenario.status, scenario.message);
  return cloud.credentials.authenticate(exchange.headers['authorization'], surface === 'openai');
}

export function refusalOf(
  status: number,
  options: { readonly isHtml?: boolean; readonly retryAfterSeconds?: number | undefined } = {},
): Refusal {
  return new Refusal(status, textByStatus[status] ?? 'Something went wrong', options);
}

/** The model behind a URI, once folder and role allow it. */
export function admitModel(uri: string, account: Account, cloud: Cloud, surface: Surface): { uri: ModelUri; model: SimulatedModel } {
  const parsed = parseModelUri(uri);
  if (parsed === undefined) throw new Refusal(400, surface === 'openai' ? 'Failed to parse model URI' : 'invalid model_uri');
  admitFolder(parsed.folderId, account);
  if (account.hasRole === false) throw new Refusal(403, 'Permission denied');
  const model = cloud.models.find(({ id, scheme }) => id === parsed.modelId && scheme === parsed.scheme);
  if (model === undefined || (surface !== 'openai' && !model.isNative)) throw new Refusal(400, `Failed to get model ${parsed.modelId}`);
  return { uri: parsed, model };
}

export function admitFolder(folderId: string | undefined, account: Account): void {
  if (folderId === undefined || folderId === account.folderId) return;
  throw new Refusal(400, `Specified folder ID '${folderId}' does not match with service account folder ID '${account.folderId}'`);
}

export function responseHeaders(exchange: Exchange): Record<string, string> {
  const hex = (): string => randomBytes(8).toString('hex');
  const clientRequestId = exchange.headers['x-client-request-id'];
  return {
    'content-type': 'application/json',
    server: 'ycalb',
    'x-request-id': randomUUID(),
    'x-server-trace-id': `${hex()}:${hex()}:${hex()}:1`,
    ...(clientRequestId === undefined ? {} : { 'x-client-request-id': clientRequestId }),
  };
}

export function sendJson(exchange: Exchange, value: unknown, status = 200): void {
  const response: WireResponse = exchange.response;
  response.writeHead(status, responseHeaders(exchange));
  response.end(`${JSON.stringify(value)}\n`);
}

const envelopeBySurface: Readonly<Record<Surface, ErrorEnvelope>> = { native: 'wrapped', unary: 'flat', openai: 'openai' };

export function sendRefusal(exchange: Exchange, refusal: Refusal, surface: Surface, scenario: YandexGptScenario): void {
  const asked = scenario.kind === 'error' ? scenario.envelope : undefined;
  const envelope = refusal.isHtml ? 'html' : (asked ?? envelopeBySurface[surface]);
  const retryAfter = refusal.retryAfterSeconds === undefined ? {} : { 'retry-after': String(refusal.retryAfterSeconds) };
  const type = { html: { 'content-type': 'text/html' }, text: { 'content-type': 'text/plain' } };
  const headers = { ...responseHeaders(exchange), ...(envelope === 'html' || envelope === 'text' ? type[envelope] : {}), ...retryAfter };
  const response: WireResponse = exchange.response;
  response.writeHead(refusal.status, headers);
  response.end(refusalBody(refusal, envelope));
}

function refusalBody(refusal: Refusal, envelope: ErrorEnvelope): string {
  switch (envelope) {
    case 'wrapped':
      return wrappedError(refusal);
    case 'flat':
      return flatError(refusal);
    case 'openai':
      return openaiError(refusal);
    case 'html':
      return htmlError(refusal.status);
    case 'text':
      return refusal.message;
    default:
      return envelope satisfies never;
  }
}
