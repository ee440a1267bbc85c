import { inspect } from 'node:util';
import { ProviderError } from '@multimodel/core';
import type { ErrorAnswer } from '../errors/error-from-status.ts';
import { faultTexts } from '../errors/fault-texts.ts';
import { cancelledError, createProviderError } from '../errors/provider-error.ts';
import { readText } from '../transport/read-response.ts';
import type { RequestHeaders, TransportResponse } from '../transport/transport.ts';
import type { ChatModelDeps } from './chat-model-deps.ts';
import { secretsOf } from './request-auth.ts';
import type { WireRequest } from './wire-request.ts';

const errorBodyLimitBytes = 64 * 1024;

/** One call of a model: sends, replays once after 401, and knows which values must not get into an error. */
export class ModelCall {
  readonly #deps: ChatModelDeps;
  readonly #signal: AbortSignal;
  readonly #secrets: string[];

  constructor(deps: ChatModelDeps, signal: AbortSignal) {
    this.#deps = deps;
    this.#signal = signal;
    this.#secrets = [...(deps.secrets ?? [])];
  }

  get providerId(): string {
    return this.#deps.providerId;
  }

  get secrets(): readonly string[] {
    return this.#secrets;
  }

  /** An answer with 2xx. Throws what `toError` makes of any other. */
  async send(wire: WireRequest, toError: (answer: ErrorAnswer) => ProviderError): Promise<TransportResponse> {
    const { auth } = this.#deps;
    const headers = await auth.headers({ signal: this.#signal, forceRefresh: false });
    let response = await this.#post(wire, headers);
    if (response.status === 401 && auth.canRefresh) {
      response.body.drain();
      response = await this.#post(wire, await auth.headers({ signal: this.#signal, forceRefresh: true, refused: headers }));
    }
    if (response.status >= 200 && response.status < 300) return response;
    throw toError(await this.#readError(response));
  }

  /** Several events may come with one piece of the body: an abort counts between them too. */
  throwIfAborted(): void {
    if (this.#signal.aborted) throw cancelledError(this.#deps.providerId);
  }

  /** The error to throw: after an abort always `cancelled`, after the first chunk a lost connection is a cut answer, never with a secret. */
  explain(error: unknown, hasChunks: boolean): unknown {
    if (this.#signal.aborted) return isCancelled(error) ? error : cancelledError(this.#deps.providerId);
    if (!(error instanceof ProviderError)) return error;
    if (error.code === 'network' && hasChunks) {
      const { providerId } = this.#deps;
      return createProviderError('protocol', faultTexts.cutOff, { providerId, details: error.details, cause: error });
    }
    return this.#withoutSecrets(error);
  }

  #post({ path, headers = {}, body }: WireRequest, authHeaders: RequestHeaders): Promise<TransportResponse> {
    this.#secrets.push(...secretsOf(authHeaders));
    const all = lowerCased({ 'content-type': 'application/json', ...lowerCased(headers), ...lowerCased(authHeaders) });
    return this.#deps.transport.request({ method: 'POST', path, headers: all, body: JSON.stringify(body), signal: this.#signal });
  }

  async #readError(response: TransportResponse): Promise<ErrorAnswer> {
    const { status, headers } = response;
    const body = await readText(response, { limitBytes: errorBodyLimitBytes }).catch((error: unknown) => {
      if (this.#signal.aborted) throw error;
      return ''; // The status alone still says more than a cut error page.
    });
    return { providerId: this.#deps.providerId, status, headers, body, secrets: this.#secrets };
  }

  #withoutSecrets(error: ProviderError): ProviderError {
    const shown = inspect(error, { depth: 10, showHidden: true });
    if (!this.#secrets.some((secret) => secret !== '' && shown.includes(secret))) return error;
    const { code, message, text, providerId, retryAfterMs, details, isRetryable, mayFailOver } = error;
    return createProviderError(code, text ?? message, {
      providerId,
      retryAfterMs,
      details,
      isRetryable,
      mayFailOver,
      secrets: this.#secrets,
    });
  }
}

function isCancelled(error: unknown): boolean {
  return error instanceof ProviderError && error.code === 'cancelled';
}

function lowerCased(headers: RequestHeaders): RequestHeaders {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
