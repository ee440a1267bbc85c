import { type ErrorDetails, inEvery, type Localized, type ProviderError, type ProviderErrorCode } from '@multimodel/core';
import { createProviderError, type ErrorAnswer, providerErrorFromStatus, redactSecrets, retryAfterMs } from '@multimodel/provider-sdk';

/** What a vendor said when it refused. */
export interface VendorFault {
  readonly status: number;
  /** The vendor's own name of the error, such as `rate_limit_error`. */
  readonly type: string | undefined;
  readonly message: string;
  /** What else marks it, such as the name of a quota. */
  readonly marks?: readonly string[] | undefined;
  /** Where the vendor tells it in the body instead of a header. */
  readonly retryAfterMs?: number | undefined;
}

/** One fault that people meet: how it is known, what it is, and the sentence that says what to do. All conditions given must hold. */
export interface FaultRow {
  /** Stands in `details.fault` of the error, so that its words can be found again. */
  readonly name: string;
  readonly code: ProviderErrorCode;
  /** `{name}` is filled in from the details of the error. */
  readonly words: Localized;
  readonly statuses?: readonly number[];
  /** One of them is the type or a mark. */
  readonly types?: readonly string[];
  readonly pattern?: RegExp;
  readonly isRetryable?: boolean;
  readonly mayFailOver?: boolean;
  facts?(match: readonly string[]): ErrorDetails;
}

const messageLimit = 300;
const requestIdHeaders = ['request-id', 'x-request-id', 'cf-ray'] as const;

/** The error of the first row that fits; of the status alone when none does. */
export function faultError(answer: ErrorAnswer, fault: VendorFault, rows: readonly FaultRow[]): ProviderError {
  const found = findRow(fault, rows);
  if (found === undefined) {
    return providerErrorFromStatus({ ...answer, status: fault.status, vendorMessage: fault.message, vendorCode: fault.type });
  }
  const { row, match } = found;
  const secrets = answer.secrets ?? [];
  const vendorMessage = redactSecrets(fault.message, secrets).replaceAll(/\s+/gu, ' ').trim().slice(0, messageLimit);
  const requestId = requestIdHeaders.map((name) => answer.headers[name]).find((value) => value !== undefined);
  const details: ErrorDetails = {
    status: fault.status,
    fault: row.name,
    ...(fault.type === undefined ? {} : { vendorCode: fault.type }),
    ...(vendorMessage === '' ? {} : { vendorMessage }),
    ...(requestId === undefined ? {} : { requestId }),
    ...row.facts?.(match),
  };
  return createProviderError(row.code, wordsOf(row, details), {
    providerId: answer.providerId,
    secrets,
    retryAfterMs: retryAfterMs(answer.headers) ?? fault.retryAfterMs,
    isRetryable: row.isRetryable,
    mayFailOver: row.mayFailOver,
    details,
  });
}

/** The sentence of the row that made the error; `undefined`: another place made it. */
export function faultWords({ details }: ProviderError, rows: readonly FaultRow[]): Localized | undefined {
  const row = rows.find(({ name }) => name === details['fault']);
  return row && wordsOf(row, details);
}

function wordsOf({ words }: FaultRow, details: ErrorDetails): Localized {
  return inEvery((language) => fillIn(words[language], details));
}

interface Found {
  readonly row: FaultRow;
  readonly match: readonly string[];
}

function findRow(fault: VendorFault, rows: readonly FaultRow[]): Found | undefined {
  for (const row of rows) {
    const match = isNamed(fault, row) ? matchOf(fault, row) : undefined;
    if (match) return { row, match };
  }
  return undefined;
}

function isNamed({ status, type = '', marks = [] }: VendorFault, { statuses, types }: FaultRow): boolean {
  const told = [type, ...marks];
  return (statuses?.includes(status) ?? true) && (types?.some((each) => told.includes(each)) ?? true);
}

function matchOf({ message }: VendorFault, { pattern }: FaultRow): readonly string[] | undefined {
  return pattern === undefined ? [] : (pattern.exec(message) ?? undefined);
}

function fillIn(text: string, details: ErrorDetails): string {
  return text.replaceAll(/\{(\w+)\}/gu, (_whole, name: string) => {
    const value = details[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '…';
  });
}
