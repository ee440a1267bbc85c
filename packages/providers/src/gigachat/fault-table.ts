import type { ErrorDetails, ProviderErrorCode } from '@multimodel/core';
import type { FaultName } from './fault-texts.ts';

/** Who refused: the service that gives tokens for a key, the one for a password, or the API. */
export type Service = 'key' | 'password' | 'api';

export interface VendorFault {
  readonly service: Service;
  readonly status: number;
  /** Of the token service; the API repeats its status. */
  readonly code: number | undefined;
  readonly message: string;
}

export interface Verdict {
  readonly code: ProviderErrorCode;
  readonly fault: FaultName;
  readonly details?: ErrorDetails | undefined;
  /** Overrides what the code says: the fault lies in this account's settings. */
  readonly mayFailOver?: boolean | undefined;
}

interface Row extends Omit<Verdict, 'details'> {
  readonly service?: Service;
  readonly status?: number;
  readonly vendorCode?: number;
  readonly pattern?: RegExp;
  details?(match: readonly string[]): ErrorDetails;
}

const key = { service: 'key' } as const;
const setting = (name: string) => () => ({ setting: name });

/** Read from the top; the first row fits of which every condition holds. */
const rows: readonly Row[] = [
  // The documentation and clients disagree on 400 and 401 for 4 and 7: the code counts.
  { ...key, vendorCode: 1, code: 'auth', fault: 'scopeUnknown', details: setting('scope') },
  { ...key, vendorCode: 4, code: 'auth', fault: 'keyUnreadable', details: setting('authorizationKey') },
  { ...key, vendorCode: 5, code: 'auth', fault: 'scopeMissing', details: setting('scope') },
  { ...key, vendorCode: 6, code: 'auth', fault: 'keyWrong', details: setting('authorizationKey') },
  { ...key, vendorCode: 7, code: 'auth', fault: 'scopeOther', details: setting('scope') },
  { ...key, status: 401, code: 'auth', fault: 'keyWrong', details: setting('authorizationKey') },
  { ...key, status: 403, code: 'permission', fault: 'headersRemoved' },
  { ...key, status: 400, code: 'invalid_request', fault: 'requestIdRefused', mayFailOver: true },
  { ...key, status: 404, code: 'invalid_request', fault: 'tokenAddress', mayFailOver: true, details: setting('authUrl') },
  { ...key, status: 405, code: 'invalid_request', fault: 'tokenAddress', mayFailOver: true, details: setting('authUrl') },
  { ...key, status: 429, code: 'rate_limited', fault: 'tooManyTokens' },
  { service: 'password', status: 401, code: 'auth', fault: 'passwordWrong', details: setting('password') },
  { service: 'password', status: 429, code: 'rate_limited', fault: 'tooManyTokens' },
  { status: 401, pattern: /expired/iu, code: 'auth', fault: 'tokenExpired' },
  { status: 401, code: 'auth', fault: 'tokenRefused' },
  { status: 402, code: 'quota_exhausted', fault: 'unpaid' },
  { status: 403, pattern: /unauthorized/iu, code: 'permission', fault: 'headersRemoved' },
  { status: 403, code: 'permission', fault: 'forbidden' },
  { status: 404, pattern: /no such model/iu, code: 'model_not_found', fault: 'noModel' },
  { status: 400, pattern: /invalid model version/iu, code: 'model_not_found', fault: 'noModel' },
  { status: 404, pattern: /function schema for|unknown tool/iu, code: 'invalid_request', fault: 'noTool' },
  { status: 404, pattern: /\bfile\b/iu, code: 'invalid_request', fault: 'noFile' },
  { status: 404, code: 'invalid_request', fault: 'wrongAddress', mayFailOver: true, details: setting('baseUrl') },
  { status: 405, code: 'invalid_request', fault: 'wrongAddress', mayFailOver: true, details: setting('baseUrl') },
  { status: 413, code: 'context_too_long', fault: 'tooLarge' },
  {
    pattern: /context too long (\d+), maximum allowed context is (\d+)/iu,
    code: 'context_too_long',
    fault: 'contextTooLong',
    details: ([, got, limit]) => ({ limit: Number(limit), got: Number(got) }),
  },
  { status: 422, pattern: /context_too_long/iu, code: 'context_too_long', fault: 'tooLarge' },
  { status: 422, pattern: /system message must be the first/iu, code: 'invalid_request', fault: 'systemPlace' },
  {
    status: 422,
    pattern: /must have (?:a result|an assistant function call) in history/iu,
    code: 'invalid_request',
    fault: 'callWithoutResult',
  },
  { status: 422, pattern: /invalid function result/iu, code: 'invalid_request', fault: 'resultNotJson' },
  { status: 422, pattern: /does not support functions/iu, code: 'invalid_request', fault: 'noFunctions' },
  { status: 422, pattern: /does not support images/iu, code: 'invalid_request', fault: 'noImages' },
  { status: 422, pattern: /tool \S+ is unavailable/iu, code: 'invalid_request', fault: 'noTool' },
  { status: 422, pattern: /^field '|invalid function names|json_ai_rules/iu, code: 'invalid_request', fault: 'badFunction' },
  { status: 422, code: 'invalid_request', fault: 'parameterRefused' },
  { status: 400, code: 'invalid_request', fault: 'requestRefused' },
  { status: 429, code: 'rate_limited', fault: 'tooMany' },
];

/** What a fault means; `undefined`: no more than its status says. */
export function judge(fault: VendorFault): Verdict | undefined {
  for (const row of rows) {
    const match = fits(row, fault);
    if (match) return { code: row.code, fault: row.fault, mayFailOver: row.mayFailOver, details: row.details?.(match) };
  }
  if (fault.status < 500) return undefined;
  const isSlow = fault.status === 504;
  return { code: isSlow ? 'timeout' : 'overloaded', fault: fault.service === 'api' ? 'down' : 'tokenServiceDown' };
}

function fits({ service, status, vendorCode, pattern }: Row, fault: VendorFault): readonly string[] | undefined {
  if (service !== undefined && service !== fault.service) return undefined;
  if (status !== undefined && status !== fault.status) return undefined;
  if (vendorCode !== undefined && vendorCode !== fault.code) return undefined;
  if (pattern === undefined) return [];
  return pattern.exec(fault.message) ?? undefined;
}
