import { AppError, ProviderError } from '../errors/app-error.ts';
import { codeTexts } from '../errors/code-texts.ts';
import type { ErrorCode } from '../errors/error-code.ts';
import { type Blame, withPlace } from '../provider/setting-place.ts';
import type { RunError } from './run-event.ts';

/** Facts that may be shown; everything else in `details` is for the log. */
const shownDetails = [
  'phase',
  'limit',
  'credential',
  'quota',
  'rightFolder',
  'setting',
  'status',
  'vendorRequestId',
  'reason',
  'model',
] as const;

/** Faults found on our side after which the same question may be asked again. */
const retryableOwnCodes: ReadonlySet<ErrorCode> = new Set(['queue_full', 'storage_unavailable', 'shutting_down', 'protocol', 'internal']);

/** What our own faults say outside; the log holds the rest. */
const hiddenCodes: ReadonlySet<ErrorCode> = new Set(['internal', 'storage_unavailable']);

/** What watchers are told of a fault. An error that nobody classified is `internal`, without its text. */
export function toRunError(error: unknown, blame?: Blame): RunError {
  if (error instanceof ProviderError) {
    const { code, isRetryable, retryAfterMs, providerId } = error;
    const details = blame ? { ...pickDetails(error), ...blame } : pickDetails(error);
    return { code, ...withPlace(error, blame), isRetryable, retryAfterMs, provider: providerId, details };
  }
  if (error instanceof AppError) {
    const isRetryable = retryableOwnCodes.has(error.code);
    const { code, message, text } = error;
    if (hiddenCodes.has(code)) return { code, message: codeTexts[code].en, text: codeTexts[code], isRetryable };
    return { code, message, text, isRetryable, details: pickDetails(error) };
  }
  return toRunError(new AppError('internal', 'An error that nobody classified', { cause: error }));
}

function pickDetails(error: AppError): RunError['details'] {
  const entries = shownDetails.flatMap((key) => (error.details[key] === undefined ? [] : [[key, error.details[key]] as const]));
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
