import { z } from 'zod';

/** Stable codes of every error that leaves the server. */
export const errorCodeSchema = z.enum([
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
]);
export type ApiErrorCode = z.infer<typeof errorCodeSchema>;

/** `application/problem+json` (RFC 9457). `fields` names what was wrong in a request, by path. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: errorCodeSchema,
    requestId: z.string(),
    retryable: z.boolean(),
    retryAfterMs: z.number().optional(),
    fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    details: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problemSchema>;
