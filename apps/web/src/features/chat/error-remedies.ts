import type { ApiErrorCode } from '@multimodel/contract';

/** What a person can do about an error, by a button. `provider`: its settings page. */
export type Remedy = 'retry' | 'other_model' | 'provider' | 'new_chat' | 'reload';

/** The most promising first. */
const remedies = {
  auth: ['provider', 'other_model', 'retry'],
  permission: ['provider', 'other_model', 'retry'],
  quota_exhausted: ['other_model', 'retry'],
  rate_limited: ['retry', 'other_model'],
  overloaded: ['retry', 'other_model'],
  timeout: ['retry', 'other_model'],
  network: ['retry', 'other_model', 'provider'],
  tls: ['provider', 'other_model', 'retry'],
  model_not_found: ['other_model', 'retry'],
  context_too_long: ['other_model', 'new_chat', 'retry'],
  invalid_request: ['retry', 'other_model'],
  content_filtered: ['other_model', 'retry'],
  protocol: ['retry', 'other_model'],
  cancelled: ['retry'],
  validation_failed: ['retry'],
  unauthorized: ['reload', 'retry'],
  forbidden: ['retry'],
  not_found: ['reload', 'new_chat'],
  method_not_allowed: ['reload'],
  conflict: ['retry'],
  idempotency_conflict: ['retry'],
  // Only shortening it helps, and that is done in the field.
  payload_too_large: [],
  unsupported_media_type: ['reload'],
  attachment_not_supported: ['other_model'],
  too_many_requests: ['retry'],
  provider_not_configured: ['provider', 'other_model', 'retry'],
  queue_full: ['retry', 'other_model'],
  storage_unavailable: ['retry'],
  shutting_down: ['retry'],
  internal: ['retry'],
} as const satisfies Record<ApiErrorCode, readonly Remedy[]>;

/** A newer server may know codes that this page does not. */
export function remediesOf(code: string): readonly Remedy[] {
  return isKnown(code) ? remedies[code] : remedies.internal;
}

function isKnown(code: string): code is ApiErrorCode {
  return Object.hasOwn(remedies, code);
}
