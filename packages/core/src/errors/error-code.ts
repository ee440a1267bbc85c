/** Faults of a vendor's side or on the way to it; made only in provider-sdk. */
export const providerErrorCodes = [
  'auth',
  'permission',
  'quota_exhausted',
  'rate_limited',
  'overloaded',
  'timeout',
  'network',
  'tls',
  'model_not_found',
  'context_too_long',
  'invalid_request',
  'content_filtered',
  'protocol',
  'cancelled',
] as const;
export type ProviderErrorCode = (typeof providerErrorCodes)[number];

/** Faults of our own side or of the caller. */
export const ownErrorCodes = [
  'validation_failed',
  'unauthorized',
  'forbidden',
  'not_found',
  'method_not_allowed',
  'conflict',
  'idempotency_conflict',
  'payload_too_large',
  'unsupported_media_type',
  'attachment_not_supported',
  'too_many_requests',
  'provider_not_configured',
  'queue_full',
  'storage_unavailable',
  'shutting_down',
  'internal',
] as const;
export type OwnErrorCode = (typeof ownErrorCodes)[number];

export type ErrorCode = ProviderErrorCode | OwnErrorCode;
