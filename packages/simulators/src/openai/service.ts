import { randomUUID } from 'node:crypto';
import type { FailureCounts } from '../host/directives.ts';
import type { GenerationLedger } from '../host/generation-ledger.ts';
import type { Answer } from '../host/plan.ts';
import type { Exchange } from '../host/simulator-host.ts';
import type { WireResponse } from '../host/wire-response.ts';
import { errorValue, htmlError, Refusal, refusalOf } from './errors.ts';
import type { OpenAiModel } from './models.ts';
import type { OpenAiQuirks } from './quirks.ts';
import type { OpenAiScenario } from './scenarios.ts';

/** What all routes of the simulated server share. */
export interface OpenAiService {
  readonly now: () => number;
  readonly ledger: GenerationLedger;
  readonly quirks: OpenAiQuirks;
  readonly keys: readonly string[];
  readonly models: readonly OpenAiModel[];
  readonly failures: FailureCounts;
  readonly pieceDelayMs: number;
  readonly answer?: Answer | undefined;
  scenario: OpenAiScenario;
}

/** A played refusal comes before any look at the key. */
export function authenticate({ headers }: Exchange, { scenario, quirks, keys }: OpenAiService): void {
  if (scenario.kind === 'unauthorized') throw refusalOf(401);
  if (scenario.kind === 'server-error-html') throw refusalOf(scenario.status, { isHtml: true });
  if (!quirks.needsKey) return;
  const key = /^Bearer (.+)$/u.exec(headers['authorization'] ?? '')?.[1];
  if (key === undefined) throw new Refusal(401, "You didn't provide an API key.", { code: 'missing_api_key' });
  if (!keys.includes(key)) throw new Refusal(401, `Incorrect API key provided: ${key.slice(0, 5)}***.`, { code: 'invalid_api_key' });
}

export function findModel({ models }: OpenAiService, id: string, kind: OpenAiModel['kind']): OpenAiModel {
  const model = models.find((each) => each.id === id);
  if (model === undefined)
    throw new Refusal(404, `The model \`${id}\` does not exist or you do not have access to it.`, { code: 'model_not_found' });
  if (model.kind !== kind) throw new Refusal(400, `This model does not support ${kind === 'chat' ? 'chat completions' : 'embeddings'}.`);
  return model;
}

export function responseHeaders(contentType = 'application/json'): Record<string, string> {
  return { 'content-type': contentType, 'x-request-id': `req_${randomUUID().replaceAll('-', '')}` };
}

interface Body {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export function sendBody({ response }: { readonly response: WireResponse }, { status, headers, body }: Body): void {
  response.writeHead(status, headers);
  response.end(body);
}

export function sendJson(exchange: Exchange, value: unknown, status = 200): void {
  sendBody(exchange, { status, headers: responseHeaders(), body: `${JSON.stringify(value)}\n` });
}

export function sendRefusal(exchange: Exchange, { status, message, options }: Refusal, quirks: OpenAiQuirks): void {
  const { isHtml = false, retryAfterSeconds, code, param } = options;
  const retryAfter = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  const headers = { ...responseHeaders(isHtml ? 'text/html' : undefined), ...retryAfter };
  if (isHtml) return sendBody(exchange, { status, headers, body: htmlError(status) });
  const body = `${JSON.stringify(errorValue({ status, message, code, param }, quirks.errors))}\n`;
  // What says how long to wait, or who may not ask, has a status of its own even there.
  const isMasked = quirks.refusesWith200 && (status === 400 || status === 404);
  return sendBody(exchange, { status: isMasked ? 200 : status, headers, body });
}
