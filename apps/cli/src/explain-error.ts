import { ApiError, NetworkError } from '@multimodel/client';
import type { ApiErrorCode } from '@multimodel/contract';
import { CliError } from './cli-error.ts';
import type { ExitName } from './exit-codes.ts';
import type { Texts } from './texts/texts.ts';

const exitByCode: Partial<Readonly<Record<ApiErrorCode, ExitName>>> = {
  auth: 'configuration',
  permission: 'configuration',
  tls: 'configuration',
  provider_not_configured: 'configuration',
  unauthorized: 'configuration',
  forbidden: 'configuration',
  validation_failed: 'badInput',
  invalid_request: 'badInput',
  payload_too_large: 'badInput',
  context_too_long: 'badInput',
  model_not_found: 'badInput',
  not_found: 'badInput',
};

/** How a program ends on an error of the server or of a provider. */
export function exitFor(code: ApiErrorCode, isRetryable: boolean): ExitName {
  return isRetryable ? 'retryable' : (exitByCode[code] ?? 'failed');
}

/** Any fault as a sentence and an exit code. `url`: the server that was asked. */
export function explainError(error: unknown, { texts, url }: { readonly texts: Texts; readonly url: string }): CliError {
  if (error instanceof CliError) return error;
  if (error instanceof NetworkError)
    return new CliError('noServer', texts.say(isHere(url) ? 'noServerHere' : 'noServerThere', { url }), { cause: error });
  // Our server always sends a problem; a bare status comes from somebody else.
  if (error instanceof ApiError && !error.problem) return new CliError('noServer', texts.say('notOurServer', { url }), { cause: error });
  if (error instanceof ApiError)
    return new CliError(exitFor(error.code, error.isRetryable), error.message, { code: error.code, cause: error });
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new CliError('failed', texts.say('unexpected', { message }), { code: 'internal', cause: error });
}

function isHere(url: string): boolean {
  return /^(localhost|127\.[\d.]+|\[::1\])$/.test(new URL(url).hostname);
}
