import { codeTexts, type ErrorDetails, inEvery, type Localized, ProviderError, type ProviderErrorCode } from '@multimodel/core';
import { redactSecrets } from './redact-secrets.ts';

interface Recovery {
  /** The same request to the same provider may succeed later. */
  readonly isRetryable: boolean;
  /** Another provider may succeed with this request. */
  readonly mayFailOver: boolean;
}

const final: Recovery = { isRetryable: false, mayFailOver: false };
const elsewhere: Recovery = { isRetryable: false, mayFailOver: true };
const laterOrElsewhere: Recovery = { isRetryable: true, mayFailOver: true };

/**
 * What may be done about each code, unless the place that throws knows better.
 * `content_filtered` is final: going round a refusal is a decision of a person, not of a router.
 */
export const recoveryByCode = {
  auth: elsewhere,
  permission: elsewhere,
  quota_exhausted: elsewhere,
  rate_limited: laterOrElsewhere,
  overloaded: laterOrElsewhere,
  timeout: laterOrElsewhere,
  network: laterOrElsewhere,
  tls: elsewhere,
  model_not_found: elsewhere,
  context_too_long: elsewhere,
  invalid_request: final,
  content_filtered: final,
  protocol: laterOrElsewhere,
  cancelled: final,
} as const satisfies Record<ProviderErrorCode, Recovery>;

/** What `createProviderError` needs beside code and message. */
export interface ProviderFault {
  /** Slug of the configured provider (`context.slug`), or the plugin's id while none is configured. */
  readonly providerId: string;
  readonly retryAfterMs?: number | undefined;
  /** HTTP status, the vendor's own code, its request ids. Texts in it are redacted. */
  readonly details?: ErrorDetails | undefined;
  readonly cause?: unknown;
  /** Overrides `recoveryByCode`. */
  readonly isRetryable?: boolean | undefined;
  /** Overrides `recoveryByCode`. */
  readonly mayFailOver?: boolean | undefined;
  /** Values that must not stand in the message or in the details. */
  readonly secrets?: readonly string[] | undefined;
}

/**
 * The one way to make a `ProviderError`: fills in what may be done about it and keeps credentials out of message and details.
 * The cause is kept as it is: pass none that holds vendor text or headers. A sentence in one language is English; who reads another one
 * then gets what the code means before it.
 *
 * @example
 * const text = { ru: 'Переписка длиннее 32000 токенов', en: 'The conversation is longer than 32000 tokens' };
 * throw createProviderError('context_too_long', text, { providerId: context.slug, details: { limitTokens: 32_000 } });
 */
export function createProviderError(code: ProviderErrorCode, sentence: string | Localized, fault: ProviderFault): ProviderError {
  const recovery = recoveryByCode[code];
  const secrets = fault.secrets ?? [];
  const clean =
    typeof sentence === 'string' ? redactSecrets(sentence, secrets) : inEvery((language) => redactSecrets(sentence[language], secrets));
  return new ProviderError(code, clean, {
    providerId: fault.providerId,
    isRetryable: fault.isRetryable ?? recovery.isRetryable,
    mayFailOver: fault.mayFailOver ?? recovery.mayFailOver,
    retryAfterMs: fault.retryAfterMs,
    details: fault.details && redactDetails(fault.details, secrets),
    cause: fault.cause,
  });
}

function redactDetails(details: ErrorDetails, secrets: readonly string[]): ErrorDetails {
  return Object.fromEntries(Object.entries(details).map(([name, value]) => [name, redactValue(value, secrets)]));
}

function redactValue(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === 'string') return redactSecrets(value, secrets);
  if (Array.isArray(value)) return value.map((item) => redactValue(item, secrets));
  if (typeof value === 'object' && value !== null) return redactDetails({ ...value }, secrets);
  return value;
}

/** The error of a call whose `signal` was aborted. */
export function cancelledError(providerId: string): ProviderError {
  return createProviderError('cancelled', codeTexts.cancelled, { providerId });
}
