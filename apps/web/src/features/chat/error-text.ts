import { ApiError, NetworkError } from '@multimodel/client';
import type { ApiErrorCode, RunErrorDto } from '@multimodel/contract';
import { m } from '../../paraglide/messages.js';

export interface ErrorText {
  /** What happened. */
  readonly title: string;
  /** What to do. */
  readonly action: string;
}

type Texts = readonly [title: () => string, action: () => string];

const texts = {
  auth: [m.error_auth_title, m.error_auth_action],
  permission: [m.error_permission_title, m.error_permission_action],
  quota_exhausted: [m.error_quota_exhausted_title, m.error_quota_exhausted_action],
  rate_limited: [m.error_rate_limited_title, m.error_rate_limited_action],
  overloaded: [m.error_overloaded_title, m.error_overloaded_action],
  timeout: [m.error_timeout_title, m.error_timeout_action],
  network: [m.error_network_title, m.error_network_action],
  tls: [m.error_tls_title, m.error_tls_action],
  model_not_found: [m.error_model_not_found_title, m.error_model_not_found_action],
  context_too_long: [m.error_context_too_long_title, m.error_context_too_long_action],
  invalid_request: [m.error_invalid_request_title, m.error_invalid_request_action],
  content_filtered: [m.error_content_filtered_title, m.error_content_filtered_action],
  protocol: [m.error_protocol_title, m.error_protocol_action],
  cancelled: [m.error_cancelled_title, m.error_cancelled_action],
  validation_failed: [m.error_validation_failed_title, m.error_validation_failed_action],
  unauthorized: [m.error_unauthorized_title, m.error_unauthorized_action],
  forbidden: [m.error_forbidden_title, m.error_forbidden_action],
  not_found: [m.error_not_found_title, m.error_not_found_action],
  method_not_allowed: [m.error_method_not_allowed_title, m.error_method_not_allowed_action],
  conflict: [m.error_conflict_title, m.error_conflict_action],
  idempotency_conflict: [m.error_idempotency_conflict_title, m.error_idempotency_conflict_action],
  payload_too_large: [m.error_payload_too_large_title, m.error_payload_too_large_action],
  unsupported_media_type: [m.error_unsupported_media_type_title, m.error_unsupported_media_type_action],
  attachment_not_supported: [m.error_attachment_not_supported_title, m.error_attachment_not_supported_action],
  too_many_requests: [m.error_too_many_requests_title, m.error_too_many_requests_action],
  provider_not_configured: [m.error_provider_not_configured_title, m.error_provider_not_configured_action],
  queue_full: [m.error_queue_full_title, m.error_queue_full_action],
  storage_unavailable: [m.error_storage_unavailable_title, m.error_storage_unavailable_action],
  shutting_down: [m.error_shutting_down_title, m.error_shutting_down_action],
  internal: [m.error_internal_title, m.error_internal_action],
} as const satisfies Record<ApiErrorCode, Texts>;

/** A newer server may know codes that this page does not. */
export function textOfCode(code: string): ErrorText {
  const [title, action]: Texts = isKnown(code) ? texts[code] : texts.internal;
  return { title: title(), action: action() };
}

function isKnown(code: string): code is ApiErrorCode {
  return Object.hasOwn(texts, code);
}

export interface ErrorFacts {
  readonly code: string;
  readonly message?: string | undefined;
  readonly provider?: string | undefined;
  readonly requestId?: string | undefined;
  readonly runId?: string | undefined;
  readonly retryAfterMs?: number | undefined;
}

export interface ShownError extends ErrorText {
  readonly facts: ErrorFacts;
}

/** An error of a request, in words. */
export function describeError(error: unknown): ShownError {
  if (error instanceof ApiError) {
    const { code, message, requestId, retryAfterMs } = error;
    return { ...textOfCode(code), facts: { code, message, requestId, retryAfterMs } };
  }
  if (error instanceof NetworkError) return { title: m.network_title(), action: m.network_action(), facts: { code: 'network' } };
  return { ...textOfCode('internal'), facts: { code: 'internal', message: error instanceof Error ? error.message : undefined } };
}

/** Where the setting was given that the error lies in: nobody has to look for it. */
function actionAt(place: unknown): Pick<ErrorText, 'action'> | undefined {
  if (typeof place !== 'object' || place === null || !('kind' in place)) return undefined;
  if (place.kind === 'app') return { action: m.error_place_app() };
  if ('variable' in place && typeof place.variable === 'string') return { action: m.error_place_environment({ variable: place.variable }) };
  const isFile = 'path' in place && 'at' in place && typeof place.path === 'string' && typeof place.at === 'string';
  return isFile ? { action: m.error_place_file({ path: String(place.path), at: String(place.at) }) } : undefined;
}

/** The error that an answer ended with. */
export function describeRunError(error: RunErrorDto | undefined, runId: string | undefined): ShownError {
  if (!error) return { ...textOfCode('internal'), facts: { code: 'internal', runId } };
  const { code, message, provider, retryAfterMs, details } = error;
  const requestId = typeof details?.vendorRequestId === 'string' ? details.vendorRequestId : undefined;
  return { ...textOfCode(code), ...actionAt(details?.place), facts: { code, message, provider, requestId, retryAfterMs, runId } };
}
