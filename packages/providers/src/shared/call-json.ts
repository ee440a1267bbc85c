import type { JsonValue, ProviderError } from '@multimodel/core';
import {
  type ErrorAnswer,
  type RequestAuth,
  type RequestHeaders,
  readJson,
  readText,
  type Transport,
  type TransportResponse,
} from '@multimodel/provider-sdk';
import type { z } from 'zod';

export interface JsonCaller {
  readonly providerId: string;
  readonly transport: Transport;
  readonly auth: RequestAuth;
  /** Values of secret settings, kept out of every error. */
  readonly secrets: readonly string[];
  toError(answer: ErrorAnswer): ProviderError;
}

export interface JsonCall<T> {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: RequestHeaders | undefined;
  readonly body?: JsonValue | undefined;
  readonly schema: z.ZodType<T>;
  readonly signal: AbortSignal;
}

const answerLimitBytes = 16 * 1024 * 1024;
const errorLimitBytes = 64 * 1024;

/** One question and one JSON answer: authorised, replayed once after a 401 where that can help, its errors told by `toError`. */
export async function callJson<T>(caller: JsonCaller, call: JsonCall<T>): Promise<T> {
  const { auth, providerId, transport } = caller;
  const { signal } = call;
  const send = (authHeaders: RequestHeaders): Promise<TransportResponse> => {
    const type = call.body === undefined ? {} : { 'content-type': 'application/json' };
    const body = call.body === undefined ? undefined : JSON.stringify(call.body);
    return transport.request({ method: call.method, path: call.path, headers: { ...type, ...call.headers, ...authHeaders }, body, signal });
  };
  const headers = await auth.headers({ signal, forceRefresh: false });
  let response = await send(headers);
  if (response.status === 401 && auth.canRefresh) {
    response.body.drain();
    response = await send(await auth.headers({ signal, forceRefresh: true, refused: headers }));
  }
  if (response.status >= 200 && response.status < 300) return readJson(response, call.schema, { providerId, limitBytes: answerLimitBytes });
  const body = await readText(response, { limitBytes: errorLimitBytes });
  const secrets = [...caller.secrets, ...Object.values(headers).map((value) => value.slice(value.lastIndexOf(' ') + 1))];
  throw caller.toError({ providerId, status: response.status, headers: response.headers, body, secrets });
}
