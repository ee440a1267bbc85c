import type { Localized } from '../shared/localized.ts';
import type { ErrorCode, ProviderErrorCode } from './error-code.ts';

export type ErrorDetails = Readonly<Record<string, unknown>>;

/**
 * The one error of the product: a stable code, a sentence, and facts. A sentence that people meet is told in every language; a plain
 * one is English, for logs and terminals.
 */
export class AppError extends Error {
  override readonly name: string = 'AppError';
  readonly code: ErrorCode;
  readonly text: Localized | undefined;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, sentence: string | Localized, options: { details?: ErrorDetails; cause?: unknown } = {}) {
    super(typeof sentence === 'string' ? sentence : sentence.en, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.text = typeof sentence === 'string' ? undefined : sentence;
    this.details = options.details ?? {};
  }
}

export interface ProviderErrorOptions {
  /** Slug of the configured provider, or the plugin's id while none is configured. */
  readonly providerId: string;
  /** The same request to the same provider may succeed later. */
  readonly isRetryable: boolean;
  /** Another provider may succeed with this request. */
  readonly mayFailOver: boolean;
  readonly retryAfterMs?: number | undefined;
  /** HTTP status, vendor's own code, its request ids, which credential was refused. Never a secret. */
  readonly details?: ErrorDetails | undefined;
  readonly cause?: unknown;
}

/** A fault of a vendor or of the way to it. Created only in provider-sdk, where the status is known. */
export class ProviderError extends AppError {
  override readonly name: string = 'ProviderError';
  declare readonly code: ProviderErrorCode;
  readonly providerId: string;
  readonly isRetryable: boolean;
  readonly mayFailOver: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(code: ProviderErrorCode, sentence: string | Localized, options: ProviderErrorOptions) {
    super(code, sentence, { details: options.details ?? {}, cause: options.cause });
    this.providerId = options.providerId;
    this.isRetryable = options.isRetryable;
    this.mayFailOver = options.mayFailOver;
    this.retryAfterMs = options.retryAfterMs;
  }
}
