import type { ProviderError } from '@multimodel/core';
import {
  createProviderError,
  type ErrorAnswer,
  parseJson,
  providerErrorFromStatus,
  redactSecrets,
  retryAfterMs,
} from '@multimodel/provider-sdk';
import { z } from 'zod';
import type { Credential } from './credential.ts';
import { judge, type VendorFault } from './error-table.ts';

const code = z.coerce.number().nullish().catch(undefined);
const text = z.string().nullish().catch(undefined);
const wrapped = z.object({ grpcCode: code, grpc_code: code, httpCode: code, http_code: code, code, message: text });
const envelope = z.object({ error: z.union([wrapped, z.string()]).nullish().catch(undefined), code, message: text, error_message: text });

const messageLimit = 300;

/** Both gateways' envelopes, façade shapes of any kind, or plain text. The body's own HTTP code counts before the status of a stream. */
export function readVendorFault(status: number, body: string): VendorFault {
  const json = parseJson(body);
  const parsed = envelope.safeParse(json);
  if (!parsed.success) return { status, grpcCode: undefined, message: json === undefined && !body.trimStart().startsWith('<') ? body : '' };
  const { error, message, error_message: speechMessage } = parsed.data;
  if (typeof error !== 'object' || error === null) {
    return { status, grpcCode: grpcCodeOf(parsed.data.code), message: message ?? error ?? speechMessage ?? '' };
  }
  const grpcCode = grpcCodeOf(error.grpcCode ?? error.grpc_code ?? error.code);
  return { status: error.httpCode ?? error.http_code ?? status, grpcCode, message: error.message ?? '' };
}

/** gRPC codes end at 16; the façade puts HTTP statuses into the same member. */
function grpcCodeOf(value: number | null | undefined): number | undefined {
  return value !== null && value !== undefined && value > 0 && value <= 16 ? value : undefined;
}

/** The typed error of an answer that is not 2xx, or of an error inside a stream. */
export function toYandexError(answer: ErrorAnswer, credential: Credential['kind']): ProviderError {
  const { providerId, headers } = answer;
  const secrets = answer.secrets ?? [];
  const fault = readVendorFault(answer.status, answer.body ?? '');
  const verdict = judge(fault, credential);
  if (verdict === undefined) return providerErrorFromStatus({ ...answer, status: fault.status, vendorMessage: fault.message });
  const vendorMessage = redactSecrets(fault.message, secrets).replaceAll(/\s+/gu, ' ').trim().slice(0, messageLimit);
  return createProviderError(verdict.code, verdict.text, {
    providerId,
    secrets,
    retryAfterMs: retryAfterMs(headers),
    mayFailOver: verdict.mayFailOver,
    details: {
      status: fault.status,
      ...(fault.grpcCode === undefined ? {} : { vendorCode: String(fault.grpcCode) }),
      ...(vendorMessage === '' ? {} : { vendorMessage }),
      ...(headers['x-request-id'] === undefined ? {} : { requestId: headers['x-request-id'] }),
      ...(headers['x-server-trace-id'] === undefined ? {} : { traceId: headers['x-server-trace-id'] }),
      ...(verdict.code === 'auth' ? { credential } : {}),
      ...verdict.details,
    },
  });
}
