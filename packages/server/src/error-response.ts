import type { ApiErrorCode, Problem } from '@multimodel/contract';
import {
  AppError,
  type ErrorCode,
  fieldFault,
  fieldFaultsOf,
  inLanguage,
  type Language,
  type Localized,
  ProviderError,
  sentenceOf,
} from '@multimodel/core';
import { z } from 'zod';
import { faultTexts, fieldTexts, ofBody } from './fault-texts.ts';
import { statusName } from './http/status-names.ts';

/** The one place where codes become statuses. A vendor that refuses OUR credential is a bad gateway, not the caller's 401. */
export const statusByCode = {
  auth: 502,
  permission: 502,
  quota_exhausted: 429,
  rate_limited: 429,
  overloaded: 503,
  timeout: 504,
  network: 502,
  tls: 502,
  model_not_found: 404,
  context_too_long: 400,
  invalid_request: 400,
  content_filtered: 422,
  protocol: 502,
  cancelled: 499,
  validation_failed: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  idempotency_conflict: 422,
  payload_too_large: 413,
  unsupported_media_type: 415,
  attachment_not_supported: 400,
  too_many_requests: 429,
  provider_not_configured: 409,
  queue_full: 503,
  storage_unavailable: 503,
  shutting_down: 503,
  internal: 500,
} as const satisfies Record<ErrorCode, number> & Record<ApiErrorCode, number>;

const passing: ReadonlySet<ErrorCode> = new Set(['too_many_requests', 'queue_full', 'storage_unavailable', 'shutting_down']);

const hiddenTexts: Partial<Record<ErrorCode, Localized>> = {
  internal: faultTexts.internal,
  storage_unavailable: faultTexts.storageUnavailable,
};

const statusNames: Readonly<Record<number, string>> = { 499: 'Client Closed Request' };
const retryAfterByDefaultMs = 1_000;

/** Facts of an error that people and programs may see; everything else in `details` is for the log. */
const shownDetails = [
  'what',
  'id',
  'field',
  'source',
  'messageId',
  'runId',
  'provider',
  'configured',
  'limit',
  'credential',
  'setting',
  'status',
  'vendorRequestId',
  'model',
  'models',
  'allowed',
];

export function toProblem(error: AppError, requestId: string, language: Language = 'en'): Problem {
  const status = statusByCode[error.code];
  const isRetryable = error instanceof ProviderError ? error.isRetryable : passing.has(error.code);
  const retryAfterMs = retryAfterOf(error, isRetryable);
  const hidden = hiddenTexts[error.code];
  const fields = fieldFaultsOf(error).map((fault) => ({ path: fault.path, message: inLanguage(fault, language) }));
  const details = hidden === undefined ? pickDetails(error) : undefined;
  return {
    type: `/api/docs#error-${error.code}`,
    title: statusName(status) ?? statusNames[status] ?? 'Error',
    status,
    detail: hidden?.[language] ?? sentenceOf(error, language),
    code: error.code,
    requestId,
    retryable: isRetryable,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(fields.length > 0 && { fields }),
    ...(details && { details }),
  };
}

export function problemHeaders(problem: Problem, language: Language = 'en'): Record<string, string> {
  const headers: Record<string, string> = {
    'content-type': 'application/problem+json; charset=utf-8',
    'content-language': language,
    vary: 'accept-language',
    'cache-control': 'no-store',
  };
  if (problem.retryAfterMs !== undefined) headers['retry-after'] = String(Math.max(1, Math.ceil(problem.retryAfterMs / 1_000)));
  return headers;
}

/** Anything that was thrown, as one of our errors. What nobody classified is `internal`. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const framework = frameworkErrorSchema.safeParse(error);
  if (framework.success) {
    const { code, statusCode } = framework.data;
    const known = frameworkErrors[code];
    if (known) return known(error);
    if (statusCode >= 400 && statusCode < 500) return new AppError('invalid_request', faultTexts.unclear, { cause: error });
  }
  return new AppError('internal', 'An error that nobody classified', { cause: error });
}

const frameworkErrorSchema = z.object({ code: z.string().default(''), statusCode: z.int() });

/** A body that cannot be read at all. */
export const bodyFault = (fault: Localized) => (cause: unknown) =>
  new AppError('validation_failed', ofBody(fault), { cause, details: { fields: [fieldFault('body', fault)] } });

const frameworkErrors: Readonly<Record<string, (cause: unknown) => AppError>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: (cause) => new AppError('payload_too_large', faultTexts.bodyTooLarge, { cause }),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: (cause) => new AppError('unsupported_media_type', faultTexts.notJson, { cause }),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: bodyFault(fieldTexts.bodyOfOtherLength),
  FST_ERR_BAD_URL: (cause) => new AppError('not_found', faultTexts.badAddress, { cause }),
  FST_ERR_MAX_PARAM_LENGTH: (cause) => new AppError('not_found', faultTexts.noAddress, { cause }),
};

function retryAfterOf(error: AppError, isRetryable: boolean): number | undefined {
  if (error instanceof ProviderError && error.retryAfterMs !== undefined) return error.retryAfterMs;
  const status = statusByCode[error.code];
  return isRetryable && (status === 503 || status === 429) ? retryAfterByDefaultMs : undefined;
}

function pickDetails(error: AppError): Problem['details'] {
  const entries = shownDetails.flatMap((key) => (error.details[key] === undefined ? [] : [[key, error.details[key]] as const]));
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
