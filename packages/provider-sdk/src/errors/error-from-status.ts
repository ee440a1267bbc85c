import type { ProviderError, ProviderErrorCode } from '@multimodel/core';
import type { ResponseHeaders } from '../transport/transport.ts';
import { faultTexts } from './fault-texts.ts';
import { createProviderError } from './provider-error.ts';
import { vendorText } from './redact-secrets.ts';
import { retryAfterMs } from './retry-after.ts';
import { readVendorFault } from './vendor-fault.ts';

/** A vendor's answer that is not 2xx, as far as it was read. */
export interface ErrorAnswer {
  /** Slug of the configured provider. */
  readonly providerId: string;
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** Text of the body, at most the first 64 KiB; may be empty. */
  readonly body?: string | undefined;
  /** Values that must not stand in the error; `BaseChatModel` adds those of the headers that it sent. */
  readonly secrets?: readonly string[] | undefined;
}

/** `ErrorAnswer` and what the plugin read out of the body. */
export interface StatusFault extends ErrorAnswer {
  /** The vendor's own sentence. Absent: looked for in the usual places of a JSON body. */
  readonly vendorMessage?: string | undefined;
  /** The vendor's own code. Absent: looked for in the usual places of a JSON body. */
  readonly vendorCode?: string | number | undefined;
  /** Where the plugin knows better than the status. */
  readonly code?: ProviderErrorCode | undefined;
  /** Epoch milliseconds, to read a `Retry-After` date against when the answer has no `date`. */
  readonly now?: number | undefined;
}

const codeByStatus: Readonly<Record<number, ProviderErrorCode>> = {
  400: 'invalid_request',
  401: 'auth',
  402: 'quota_exhausted',
  403: 'permission',
  404: 'model_not_found',
  408: 'timeout',
  413: 'context_too_long',
  422: 'invalid_request',
  429: 'rate_limited',
  504: 'timeout',
};

const requestIdHeaders = ['x-request-id', 'request-id', 'x-server-trace-id', 'x-amzn-requestid', 'cf-ray'] as const;
const messageLimit = 300;
const codeLimit = 80;

/**
 * A `ProviderError` from the status and, where there is one, the vendor's sentence. HTML bodies are never quoted.
 * `details`: `{status, vendorCode?, vendorMessage?, requestId?}`, redacted and bounded.
 *
 * @example
 * protected override toError(answer: ErrorAnswer): ProviderError {
 *   const isTooLong = answer.body?.includes('number of input tokens');
 *   return providerErrorFromStatus({ ...answer, code: isTooLong ? 'context_too_long' : undefined });
 * }
 */
export function providerErrorFromStatus(fault: StatusFault): ProviderError {
  const secrets = fault.secrets ?? [];
  const code = fault.code ?? classify(fault.status);
  const found = readVendorFault(fault.body ?? '');
  const message = vendorText(fault.vendorMessage ?? found.message ?? '', secrets, messageLimit);
  const vendorCode = fault.vendorCode ?? found.code;
  return createProviderError(code, faultTexts.status(code, fault.status, message), {
    providerId: fault.providerId,
    retryAfterMs: retryAfterMs(fault.headers, fault.now),
    secrets,
    details: {
      status: fault.status,
      ...(vendorCode === undefined ? {} : { vendorCode: vendorText(String(vendorCode), secrets, codeLimit) }),
      ...(message === '' ? {} : { vendorMessage: message }),
      ...requestIdOf(fault.headers),
    },
  });
}

function classify(status: number): ProviderErrorCode {
  const known = codeByStatus[status];
  if (known) return known;
  if (status >= 500) return 'overloaded';
  return status >= 400 ? 'invalid_request' : 'protocol';
}

function requestIdOf(headers: ResponseHeaders): { readonly requestId?: string } {
  for (const name of requestIdHeaders) {
    const value = headers[name];
    if (value) return { requestId: vendorText(value, [], codeLimit) };
  }
  return {};
}
