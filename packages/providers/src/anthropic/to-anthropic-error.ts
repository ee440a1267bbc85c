import type { ProviderError } from '@multimodel/core';
import { type ErrorAnswer, parseJson } from '@multimodel/provider-sdk';
import { z } from 'zod';
import { faultError } from '../shared/fault-table.ts';
import { anthropicFaults } from './error-table.ts';

const text = z.string().nullish().catch(undefined);
const envelope = z.object({ error: z.object({ type: text, message: text }).nullish().catch(undefined), request_id: text });

/** Inside a stream there is no status, only the type. */
const statusByType: Readonly<Record<string, number>> = {
  invalid_request_error: 400,
  authentication_error: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  api_error: 500,
  timeout_error: 504,
  overloaded_error: 529,
};

export function toAnthropicError(answer: ErrorAnswer): ProviderError {
  const parsed = envelope.safeParse(parseJson(answer.body ?? ''));
  const { type, message } = parsed.data?.error ?? {};
  const requestId = parsed.data?.request_id;
  const headers = requestId ? { 'request-id': requestId, ...answer.headers } : answer.headers;
  const status = answer.status === 200 ? (statusByType[type ?? ''] ?? 500) : answer.status;
  return faultError({ ...answer, headers }, { status, type: type ?? undefined, message: message ?? '' }, anthropicFaults);
}
