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

export interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: RequestHeaders | undefined;
  /** Sent as JSON. */
  readonly body?: JsonValue | undefined;
  /** Sent as it is, in place of `body`. */
  readonly content?: { readonly type: string; readonly data: string | Uint8Array } | undefined;
  readonly signal: AbortSignal;
}

export interface JsonCall<T> extends Call {
  readonly schema: z.ZodType<T>;
}

const answerLimitBytes = 16 * 1024 * 1024;
const errorLimitBytes = 64 * 1024;

/** One question and one JSON answer: authorised, replayed once after a 401 where that can help, its errors told by `toError`. */
export async function callJson<T>(caller: JsonCaller, call: JsonCall<T>): Promise<T> {
  const { providerId } = caller;
  return readJson(await callVendor(caller, call), call.schema, { providerId, limitBytes: answerLimitBytes });
}

/** As `callJson`, for an answer that is read by whoever asked. */
export async function callVendor(caller: JsonCaller, call: Call): Promise<TransportResponse> {
  const { auth, providerId, transport } = caller;
  const { signal, content = jsonContent(call.body) } = call;
  const send = (authHeaders: RequestHeaders): Promise<TransportResponse> => {
    const type = content === undefined ? {} : { 'content-type': content.type };
    const headers = { ...type, ...call.headers, ...authHeaders };
    return transport.request({ method: call.method, path: call.path, headers, body: content?.data, signal });
  };
  const headers = await auth.headers({ signal, forceRefresh: false });
  let response = await send(headers);
  if (response.status === 401 && auth.canRefresh) {
    response.body.drain();
    response = await send(await auth.headers({ signal, forceRefresh: true, refused: headers }));
  }
  if (response.status >= 200 && response.status < 300) return response;
  const body = await readText(response, { limitBytes: errorLimitBytes });
  const secrets = [...caller.secrets, ...Object.values(headers).map((value) => value.slice(value.lastIndexOf(' ') + 1))];
  throw caller.toError({ providerId, status: response.status, headers: response.headers, body, secrets });
}

function jsonContent(body: JsonValue | undefined): Call['content'] {
  return body === undefined ? undefined : { type: 'application/json', data: JSON.stringify(body) };
}
